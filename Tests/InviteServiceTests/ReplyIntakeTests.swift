import Audience
import InviteService
import MailMessage
import Scheduling
import Synchronization
import TestSupport
import Testing

@Suite("An attendee's reply")
struct ReplyIntakeTests {
    /// Attendee records as the store keeps them.
    private final class Records: Sendable {
        struct Record: Equatable {
            var response = Response.noAction
            var stamp: ReplyStamp?
            var origin = Origin.vip
            var client: String?
            var comment: String?
            var instances: [Int64: Response] = [:]
            var delegate: EmailAddress?
            var proposal: Proposal?
        }

        let records: Mutex<[EmailAddress: Record]>
        let jobs = Mutex<[SendJob]>([])
        let notices = Mutex<[Notice]>([])
        let refreshed = Mutex<Set<EmailAddress>>([])

        init(_ invited: [EmailAddress]) {
            records = Mutex(Dictionary(uniqueKeysWithValues: invited.map { ($0, Record()) }))
        }

        subscript(_ address: EmailAddress) -> Record? { records.withLock { $0[address] } }

        func record(_ answer: ReplyIntake.Answer) -> ReplyIntake.RecordResult {
            records.withLock { records in
                guard var record = records[answer.attendee] else { return .notInvited }
                if let instance = answer.instance {
                    record.instances[instance] = answer.response
                } else {
                    if let stamp = record.stamp, stamp >= answer.stamp { return .notNewer }
                    record.response = answer.response
                    record.stamp = answer.stamp
                    record.client = answer.client
                    record.comment = answer.comment
                    record.delegate = answer.delegate
                    record.proposal = answer.proposal
                }
                records[answer.attendee] = record
                return .recorded
            }
        }

        func attendee(_ address: EmailAddress) throws -> Attendee? {
            guard let record = self[address] else { return nil }
            var attendee = try Samples.attendee(address.description, origin: record.origin, response: record.response)
            attendee.reply = record.stamp
            attendee.proposal = record.proposal
            return attendee
        }

        func addShared(_ answer: ReplyIntake.Answer) -> ReplyIntake.RecordResult {
            records.withLock { records in
                guard records[answer.attendee] == nil else { return .notNewer }
                records[answer.attendee] = Record(response: answer.response, stamp: answer.stamp, origin: .shared)
                return .recorded
            }
        }
    }

    private let bob: EmailAddress
    private let records: Records
    private let event: Event
    private let token: String
    private let unproven = SenderAuthentication.Verdicts(spam: "PASS", virus: "PASS", dmarc: "FAIL")

    init() throws {
        bob = try Samples.address("bob@example.com")
        records = Records([bob])
        event = try Samples.event()
        token = ReplyToken.text(event: event.uid, attendee: bob, secret: try Samples.secret())
    }

    private var mail: ReplyMail {
        ReplyMail(from: "bob@example.com", uid: event.uid.calendarUID(domain: "calendar.example.com"))
    }

    private func receive(
        _ mail: ReplyMail, token: String? = nil, verdicts: SenderAuthentication.Verdicts = Samples.passed,
        event: Event? = nil, received: Int64 = 1_795_430_000
    ) async throws -> [ReplyIntake.Outcome] {
        try await receive(mail.bytes, token: token, verdicts: verdicts, event: event, received: received)
    }

    private func receive(
        _ mail: [UInt8], token: String? = nil, verdicts: SenderAuthentication.Verdicts = Samples.passed,
        event: Event? = nil, received: Int64 = 1_795_430_000
    ) async throws -> [ReplyIntake.Outcome] {
        let known = event ?? self.event
        let ports = ReplyIntake.Ports(
            readMail: { _ in mail },
            readEvent: { $0 == known.uid ? known : nil },
            readCalendar: { _ in SampleMail.lines(SampleMail.event(["RRULE:FREQ=WEEKLY;COUNT=10"])) },
            readAttendee: { _, address in try records.attendee(address) }, readInstanceAnswer: { _, _, _ in nil },
            record: { records.record($0) }, addShared: { records.addShared($0) },
            forgetSending: { address, _, _ in records.refreshed.withLock { $0.insert(address).inserted } },
            enqueue: { job in records.jobs.withLock { $0.append(job) } },
            notify: { notice in records.notices.withLock { $0.append(notice) } })
        let intake = ReplyIntake(ports: ports, addresses: Samples.addresses, secret: try Samples.secret())
        let recipient = token.map { "rsvp+\($0)@calendar.example.com" } ?? "rsvp@calendar.example.com"
        return try await intake.receive(
            messageID: "r1", recipients: [recipient], verdicts: verdicts, received: received)
    }

    @Test("with the attendee's token counts, in each client's form", arguments: ReplyMail.Client.allCases)
    func token(client: ReplyMail.Client) async throws {
        var mail = mail
        mail.client = client
        mail.answer = "DECLINED"
        mail.comment = "Sorry"
        // The token alone proves it, whatever the path did to the sender's proofs.
        #expect(try await receive(mail, token: token, verdicts: unproven) == [.recorded(.declined)])
        #expect(records[bob]?.response == .declined)
        #expect(records[bob]?.client != nil)
        #expect(records[bob]?.comment?.hasPrefix("Sorry") == true)
    }

    @Test("without a token counts when its sender is the attendee")
    func sender() async throws {
        #expect(try await receive(mail) == [.recorded(.accepted)])
        #expect(try await receive(mail, verdicts: unproven) == [.refused(.notProven)])
        var other = mail
        other.from = "eve@evil.example"
        other.answer = "DECLINED"
        #expect(try await receive(other) == [.refused(.notProven)])
        #expect(records[bob]?.response == .accepted)
    }

    @Test("incumbent 38: through a forwarded token does not answer for its owner")
    func forwarded() async throws {
        let eve = ReplyMail(from: "eve@evil.example", uid: mail.uid)
        #expect(try await receive(eve, token: token) == [.shared(.accepted)])
        #expect(records[bob]?.response == .noAction)
        #expect(records[try Samples.address("eve@evil.example")]?.origin == .shared)
        let unknown = ReplyMail(from: "mallory@evil.example", uid: mail.uid)
        #expect(try await receive(unknown, token: token, verdicts: unproven) == [.refused(.notProven)])
        var forged = mail
        forged.from = "eve@evil.example"
        let eveToken = ReplyToken.text(
            event: event.uid, attendee: try Samples.address("eve@evil.example"), secret: try Samples.secret())
        #expect(
            try await receive(forged, token: eveToken) == [.refused(.notProven)], "her token does not answer for Bob")
    }

    @Test("with a forged token is judged by its sender alone")
    func forgedToken() async throws {
        let forged = String(token.dropLast()) + (token.hasSuffix("a") ? "q" : "a")
        #expect(try await receive(mail, token: forged, verdicts: unproven) == [.refused(.notProven)])
        #expect(try await receive(mail, token: forged) == [.recorded(.accepted)])
    }

    @Test("incumbent 15: that is late does not overwrite a newer one, nor does its repetition")
    func late() async throws {
        var newer = mail
        newer.answer = "DECLINED"
        newer.stamp = "20261123T090000Z"
        #expect(try await receive(newer, token: token) == [.recorded(.declined)])
        #expect(try await receive(mail, token: token) == [.refused(.notNewer)])
        #expect(try await receive(newer, token: token) == [.refused(.repeated)])
        #expect(records[bob]?.response == .declined)
        var newest = mail
        newest.answer = "TENTATIVE"
        newest.stamp = "20261123T090001Z"
        #expect(try await receive(newest, token: token) == [.recorded(.tentative)])
    }

    @Test("without DTSTAMP is ordered by its Date, however often and late it is delivered")
    func noStamp() async throws {
        var early = mail
        early.stamp = nil
        early.date = "Mon, 23 Nov 2026 08:00:00 +0000"
        var late = early
        late.answer = "DECLINED"
        late.date = "Mon, 23 Nov 2026 08:05:00 +0000"
        #expect(try await receive(early, token: token) == [.recorded(.accepted)])
        #expect(try await receive(late, token: token) == [.recorded(.declined)])
        #expect(try await receive(early, token: token, received: 1_800_000_000) == [.refused(.notNewer)])
        #expect(records[bob]?.response == .declined)
    }

    @Test("to a version whose time has changed since does not count")
    func outdated() async throws {
        let moved = try Samples.event(revision: 3, sequence: 1)
        #expect(try await receive(mail, token: token, event: moved) == [.refused(.outdated)])
        var fresh = mail
        fresh.sequence = 1
        #expect(try await receive(fresh, token: token, event: moved) == [.recorded(.accepted)])
    }

    @Test("with a SEQUENCE nobody sent does not shut out the next")
    func highSequence() async throws {
        var odd = mail
        odd.sequence = 2_000_000
        #expect(try await receive(odd, token: token) == [.recorded(.accepted)])
        var next = mail
        next.answer = "DECLINED"
        next.stamp = "20261123T090000Z"
        #expect(try await receive(next, token: token) == [.recorded(.declined)])
    }

    @Test("for one instance leaves the answer to the series alone")
    func instance() async throws {
        #expect(try await receive(mail, token: token) == [.recorded(.accepted)])
        var one = mail
        one.answer = "DECLINED"
        one.recurrenceID = "RECURRENCE-ID:20270117T150000Z"
        #expect(try await receive(one, token: token) == [.recordedForInstance(.declined)])
        #expect(records[bob]?.response == .accepted)
        #expect(records[bob]?.instances == [1_800_198_000: .declined])
        one.from = "eve@evil.example"
        one.attendee = "eve@evil.example"
        #expect(try await receive(one) == [.shared(.declined)])
        let eve = records[try Samples.address("eve@evil.example")]
        #expect(eve?.response == .noAction)
        #expect(eve?.instances == [1_800_198_000: .declined])
    }

    @Test("for an instance the series does not have changes nothing")
    func noInstance() async throws {
        var one = mail
        one.recurrenceID = "RECURRENCE-ID:20270118T150000Z"
        #expect(try await receive(one, token: token) == [.refused(.unknownInstance)])
        one.recurrenceID = "RECURRENCE-ID;TZID=Europe/Berlin:20270117T160000"
        #expect(try await receive(one, token: token) == [.recordedForInstance(.accepted)])
        #expect(records[bob]?.instances == [1_800_198_000: .accepted])
    }

    private func message(_ method: String, sequence: Int = 0, partstat: String, _ lines: [String] = []) -> [UInt8] {
        let uid = event.uid.calendarUID(domain: "calendar.example.com")
        let calendar = SampleMail.event(
            method: method, uid: uid, sequence: sequence, without: ["ATTENDEE"],
            ["ATTENDEE\(partstat):mailto:bob@example.com"] + lines)
        return SampleMail.invitation(
            from: "bob@example.com", to: "rsvp@calendar.example.com", method: method, calendar: calendar)
    }

    @Test("that proposes another time is kept, and the organizer is told, once for each delivery")
    func counter() async throws {
        let counter = message("COUNTER", partstat: ";PARTSTAT=TENTATIVE", ["COMMENT:Later, please"])
        #expect(try await receive(counter) == [.proposed(.tentative)])
        #expect(records[bob]?.response == .tentative)
        #expect(
            records[bob]?.proposal
                == Proposal(start: 1_799_593_200, end: 1_799_596_800, when: "Sun 10 Jan 2027, 15:00 – 16:00 (UTC)"))
        let expected = Notice(
            kind: .proposed(
                event.uid,
                ProposedTime(
                    attendee: bob, when: "Sun 10 Jan 2027, 15:00 – 16:00 (UTC)", instead: nil,
                    comment: "Later, please")),
            organizer: event.organizer, message: "r1", subject: nil, inReplyTo: nil)
        #expect(records.notices.withLock(\.self) == [expected])
        #expect(try Notice(json: expected.json) == expected)
        // The first delivery may have ended before the notice was queued, so it is queued again under the same id.
        #expect(try await receive(counter) == [.refused(.repeated)])
        #expect(Set(records.notices.withLock { $0.map(\.id) }) == ["proposed.r1"])
        #expect(try await receive(mail, token: token) == [.recorded(.accepted)])
        #expect(records[bob]?.proposal == nil, "the next answer withdraws it")
    }

    @Test("that asks for the event has it sent once, by the queue of single invitations")
    func refresh() async throws {
        let refresh = message("REFRESH", partstat: "")
        #expect(try await receive(refresh) == [.sentAgain])
        #expect(try await receive(refresh) == [.sentAgainBefore])
        let jobs = records.jobs.withLock(\.self)
        #expect(jobs.count == 1)
        #expect(jobs.first?.event == event.uid)
        guard case .recipients(let recipients, origin: .vip)? = jobs.first?.work else {
            Issue.record("no single invitation")
            return
        }
        #expect(recipients.map(\.address) == [bob])
    }

    @Test("that delegates names who comes, whose own answer counts as shared")
    func delegation() async throws {
        let partstat = ";PARTSTAT=DELEGATED;DELEGATED-TO=\"mailto:eve@evil.example\""
        #expect(try await receive(message("REPLY", partstat: partstat)) == [.recorded(.delegated)])
        let eve = try Samples.address("eve@evil.example")
        #expect(records[bob]?.delegate == eve)
        let hers = ReplyMail(from: "eve@evil.example", uid: mail.uid)
        #expect(try await receive(hers, token: token) == [.shared(.accepted)])
        #expect(records[bob]?.response == .delegated)
    }

    @Test("to a cancelled event changes nothing")
    func cancelled() async throws {
        let event = try Samples.event(status: .cancelled)
        #expect(try await receive(mail, token: token, event: event) == [.refused(.cancelled)])
        #expect(records[bob]?.response == .noAction)
    }

    @Test("incumbent 16: that leaves it open, delegates, or is to an event nobody knows, fails nothing")
    func unusualAnswers() async throws {
        let delegated = message("REPLY", partstat: ";PARTSTAT=DELEGATED;DELEGATED-TO=\"mailto:eve@evil.example\"")
        #expect(try await receive(delegated, token: token) == [.recorded(.delegated)])
        var open = mail
        open.answer = "NEEDS-ACTION"
        open.stamp = "20261124T090000Z"
        #expect(try await receive(open, token: token) == [.recorded(.noAction)])
        let unknown = ReplyMail(from: "bob@example.com", uid: "4k2v@google.com")
        #expect(try await receive(unknown) == [.unknownEvent])
    }

    @Test("to an event that is not known says so")
    func unknown() async throws {
        let other = ReplyMail(from: "bob@example.com", uid: "4k2v@google.com")
        #expect(try await receive(other) == [.unknownEvent])
        // The token names the event also where a client rewrote the UID.
        #expect(try await receive(other, token: token) == [.recorded(.accepted)])
    }

    @Test("in words tells their writer that nobody reads them, and how to answer; programs and strangers get none")
    func words() async throws {
        func words(from: String, _ headers: [String] = []) -> [UInt8] {
            SampleMail.lines(headers + ["From: \(from)", "Message-ID: <w@example.com>", "", "Sorry, I cannot come."])
        }
        #expect(try await receive(words(from: "Bob <bob@example.com>"), token: token) == [.unread])
        let told = records.notices.withLock(\.self)
        let notice = try #require(told.first)
        #expect(notice.organizer == bob && notice.id == "unread.r1" && notice.inReplyTo == "<w@example.com>")
        guard case .unread(event.uid, let link) = notice.kind else {
            Issue.record("another notice")
            return
        }
        #expect(AttendeeLink(link, secret: try Samples.secret())?.attendee == bob)
        let others: [(mail: [UInt8], token: String?)] = [
            (words(from: "eve@evil.example"), token), (words(from: "bob@example.com"), nil),
            (words(from: "bob@example.com", ["Auto-Submitted: auto-replied"]), token),
        ]
        for other in others {
            guard case .ignored? = try await receive(other.mail, token: other.token).first else {
                Issue.record("not ignored")
                continue
            }
        }
        #expect(records.notices.withLock(\.self).count == 1)
    }

    @Test("that is none, or is harmful, changes nothing")
    func ignored() async throws {
        let ports = { (bytes: [UInt8]) in
            var ports = ReplyIntake.Ports.unimplemented
            ports.readMail = { _ in bytes }
            return ports
        }
        func outcome(_ bytes: [UInt8], _ verdicts: SenderAuthentication.Verdicts) async throws -> [ReplyIntake.Outcome]
        {
            try await ReplyIntake(ports: ports(bytes), addresses: Samples.addresses, secret: try Samples.secret())
                .receive(messageID: "r", recipients: ["rsvp@calendar.example.com"], verdicts: verdicts, received: 0)
        }
        let harmful = SenderAuthentication.Verdicts(spam: "PASS", virus: "FAIL", dmarc: "PASS")
        #expect(try await outcome(mail.bytes, harmful) == [.ignored(reason: "spam or virus")])
        for bytes in [
            SampleMail.invitation(calendar: SampleMail.event()),
            SampleMail.lines(["From: bob@example.com", "Auto-Submitted: auto-replied", "", "I am away"]),
        ] {
            guard case .ignored? = try await outcome(bytes, Samples.passed).first else {
                Issue.record("not ignored")
                continue
            }
        }
    }

    @Test("that SES did not store fails, so that it is tried again")
    func notStored() async throws {
        var ports = ReplyIntake.Ports.unimplemented
        ports.readMail = { _ in nil }
        let intake = ReplyIntake(ports: ports, addresses: Samples.addresses, secret: try Samples.secret())
        #expect(
            await failure(ReplyIntake.Failure.self) {
                try await intake.receive(messageID: "r", recipients: [], verdicts: Samples.passed, received: 0)
            } == .mailNotStored(messageID: "r"))
    }
}
