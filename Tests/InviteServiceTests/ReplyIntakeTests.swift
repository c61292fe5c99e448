import InviteService
import MailMessage
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
        }

        let records: Mutex<[EmailAddress: Record]>

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
                }
                records[answer.attendee] = record
                return .recorded
            }
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
        let known = event ?? self.event
        let ports = ReplyIntake.Ports(
            readMail: { _ in mail.bytes },
            readEvent: { $0 == known.uid ? known : nil },
            record: { records.record($0) },
            addShared: { records.addShared($0) })
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
        #expect(try await receive(mail, verdicts: unproven) == [.notProven])
        var other = mail
        other.from = "eve@evil.example"
        other.answer = "DECLINED"
        #expect(try await receive(other) == [.notProven])
        #expect(records[bob]?.response == .accepted)
    }

    @Test("through a forwarded token does not answer for its owner")
    func forwarded() async throws {
        let eve = ReplyMail(from: "eve@evil.example", uid: mail.uid)
        #expect(try await receive(eve, token: token) == [.shared(.accepted)])
        #expect(records[bob]?.response == .noAction)
        #expect(records[try Samples.address("eve@evil.example")]?.origin == .shared)
        let unknown = ReplyMail(from: "mallory@evil.example", uid: mail.uid)
        #expect(try await receive(unknown, token: token, verdicts: unproven) == [.notProven])
        var forged = mail
        forged.from = "eve@evil.example"
        let eveToken = ReplyToken.text(
            event: event.uid, attendee: try Samples.address("eve@evil.example"), secret: try Samples.secret())
        #expect(try await receive(forged, token: eveToken) == [.notProven], "her token does not answer for Bob")
    }

    @Test("with a forged token is judged by its sender alone")
    func forgedToken() async throws {
        let forged = String(token.dropLast()) + (token.hasSuffix("a") ? "q" : "a")
        #expect(try await receive(mail, token: forged, verdicts: unproven) == [.notProven])
        #expect(try await receive(mail, token: forged) == [.recorded(.accepted)])
    }

    @Test("that is late does not overwrite a newer one, nor does its repetition")
    func late() async throws {
        var newer = mail
        newer.answer = "DECLINED"
        newer.stamp = "20261123T090000Z"
        #expect(try await receive(newer, token: token) == [.recorded(.declined)])
        #expect(try await receive(mail, token: token) == [.notNewer])
        #expect(try await receive(newer, token: token) == [.notNewer])
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
        #expect(try await receive(early, token: token, received: 1_800_000_000) == [.notNewer])
        #expect(records[bob]?.response == .declined)
    }

    @Test("to a version whose time has changed since does not count")
    func outdated() async throws {
        let moved = try Samples.event(revision: 3, sequence: 1)
        #expect(try await receive(mail, token: token, event: moved) == [.outdated])
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

    @Test("to an event that is not known says so")
    func unknown() async throws {
        let other = ReplyMail(from: "bob@example.com", uid: "4k2v@google.com")
        #expect(try await receive(other) == [.unknownEvent])
        // The token names the event also where a client rewrote the UID.
        #expect(try await receive(other, token: token) == [.recorded(.accepted)])
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
