import HTTPTransport
import InviteService
import JSON
import LocalCloud
import MailMessage
import Store
import TestSupport
import Testing

@Suite("Mail of attendees on the local stack", .serialized, .enabled(if: Project.isReady, "\(Project.hint)"))
struct AttendeeMessageTests {
    private static let dora = "dora@mail.example"

    private func message(
        _ method: String, event: String, minute: Int, sequence: Int = 0, _ lines: [String]
    ) -> [UInt8] {
        let stamp = "20261123T08\(minute)00Z"
        let mail =
            [
                "From: Dora <\(Self.dora)>", "To: rsvp@\(TestStack.domain)", "Subject: Re", "MIME-Version: 1.0",
                "Date: Mon, 23 Nov 2026 08:\(minute):00 +0000", "Content-Type: text/calendar; method=\(method)", "",
                "BEGIN:VCALENDAR", "PRODID:-//Google Inc//Google Calendar 70.9054//EN", "VERSION:2.0",
                "METHOD:\(method)", "BEGIN:VEVENT", "UID:\(event)@\(TestStack.domain)", "DTSTAMP:\(stamp)",
                "SEQUENCE:\(sequence)",
            ] + lines + ["END:VEVENT", "END:VCALENDAR", ""]
        return Array(mail.joined(separator: "\r\n").utf8)
    }

    @Test("an answer, one to an instance, a proposal and the wish for the event again", .timeLimit(.minutes(3)))
    func story() async throws {
        try await TestStack.with { test in
            let event = try await test.createEvent("google-weekly", organizer: "ann@acme.example")
            let key = try await test.key()
            _ = try await test.browse("POST", "/event/\(event)/invite", form: "email=dora%40mail.example")
            let first = try await test.eventually("the invitation") { try test.sentMails(to: Self.dora).first }
            func deliver(_ method: String, minute: Int, _ lines: [String]) async throws {
                try await test.deliver(
                    message(method, event: event, minute: minute, lines), to: "rsvp@\(TestStack.domain)")
            }
            func attendee(where holds: (JSON) -> Bool) async throws -> JSON? {
                let list = try await test.call("GET", "/event/\(event)/attendees", key: key).body["attendees"]
                return list?[0].flatMap { holds($0) ? $0 : nil }
            }

            let tentative = "ATTENDEE;PARTSTAT=TENTATIVE:mailto:\(Self.dora)"
            try await deliver(
                "COUNTER", minute: 10,
                [tentative, "DTSTART:20270114T100000Z", "DTEND:20270114T110000Z", "COMMENT:Thursday?"])
            let proposed = try await test.eventually("the proposal") {
                try await attendee { $0["proposal"]?["dtstart"] == 1_799_920_800 }
            }
            #expect(proposed["status"] == "tentative")
            #expect(proposed["comment"] == "Thursday?")
            let notice = try await test.eventually("the notice of it") {
                try test.sentMails(to: "ann@acme.example").first { $0.subject?.hasPrefix("New time proposed") == true }
            }
            #expect(notice.textBody?.contains("Thu 14 Jan 2027, 10:00 – 11:00 (UTC)") == true)

            // One instance, in UTC where the series is in Berlin's time, and one that there is not.
            let declined = "ATTENDEE;PARTSTAT=DECLINED:mailto:\(Self.dora)"
            try await deliver("REPLY", minute: 11, [declined, "RECURRENCE-ID:20270120T160000Z"])
            try await deliver("REPLY", minute: 12, [declined, "RECURRENCE-ID:20270121T160000Z"])
            try await deliver("REPLY", minute: 13, ["ATTENDEE;PARTSTAT=ACCEPTED:mailto:\(Self.dora)"])
            let accepted = try await test.eventually("the answer") { try await attendee { $0["status"] == "accepted" } }
            #expect(accepted["proposal"]?.isNull == true)
            let table = try test.environment.mainTable()
            let uid = try #require(EventUID(event))
            let dora = try #require(EmailAddress(Self.dora))
            let instance = try await test.eventually("the answer to the instance") {
                try await table.readInstanceAnswer(uid, dora, instance: 1_800_460_800)
            }
            #expect(instance.response == .declined)
            #expect(try await table.readInstanceAnswer(uid, dora, instance: 1_800_547_200) == nil)

            // The organizer moves that date: everybody is asked again, and the answer to its old time is none.
            func asked(_ status: String) async throws -> JSON {
                try await test.eventually("\(status) for the date that was moved") {
                    let dora = try await test.call("GET", "/event/\(event)/attendees/\(Self.dora)", key: key).body
                    return dora["instances"]?[0]?["status"]?.string == status ? dora : nil
                }
            }
            _ = try await asked("declined")
            let move = SampleMail.event(
                uid: "4k2v7c0q9n1r3t5m8p6s@google.com", sequence: 1, stamp: "20261123T090000Z",
                without: ["DTSTART", "DTEND"],
                ["RECURRENCE-ID:20270120T160000Z", "DTSTART:20270120T180000Z", "DTEND:20270120T184500Z"])
            let create = "create@\(TestStack.domain)"
            try await test.deliver(SampleMail.invitation(to: create, calendar: move), to: create)
            _ = try await asked("noaction")
            let question = try await test.eventually("the question about the date") {
                try test.sentMails(to: Self.dora).dropFirst().first
            }
            let part = try #require(question.calendarParts().first)
            #expect(String(decoding: part.utf8, as: UTF8.self).contains("PARTSTAT=NEEDS-ACTION"))
            // Late, and to the time before; then to the new one.
            try await deliver("REPLY", minute: 20, [declined, "RECURRENCE-ID:20270120T160000Z"])
            try await test.deliver(
                message(
                    "REPLY", event: event, minute: 21, sequence: 1,
                    ["ATTENDEE;PARTSTAT=TENTATIVE:mailto:\(Self.dora)", "RECURRENCE-ID:20270120T160000Z"]),
                to: "rsvp@\(TestStack.domain)")
            let whole = try await asked("tentative")
            #expect(whole["email"]?.string == Self.dora)
            #expect(whole["status"] == "accepted", "the answer to the series stays")
            let history = whole["history"]?.array ?? []
            #expect(
                history.map { $0["status"]?.string } == ["tentative", "accepted", "declined", "tentative"],
                "\(whole.text)")
            #expect(history.map { $0["instance"]?.int } == [1_800_460_800, nil, 1_800_460_800, nil])
            #expect(history.last?["comment"] == "Thursday?")

            // Words, to the address their calendar would answer.
            let words = try #require(first.replyTo.first?.address.description)
            try await test.deliver(
                Array("From: Dora <\(Self.dora)>\r\nSubject: Re\r\n\r\nWill there be cake?\r\n".utf8), to: words)
            let unread = try await test.eventually("the answer to words") {
                try test.sentMails(to: Self.dora).first { $0.subject?.hasPrefix("Not read: ") == true }
            }
            let yes = try #require(unread.textBody?.firstMatch(of: /Yes: (http\S+)/)).1
            #expect(try await test.browse("GET", String(yes)).status == 200)

            // The event again, as it was.
            try await deliver("REFRESH", minute: 14, ["ATTENDEE:mailto:\(Self.dora)"])
            let mails = try await test.eventually("the invitation again") {
                let mails = try test.sentMails(to: Self.dora)
                return mails.count == 4 ? mails : nil
            }
            func sequence(_ mail: ParsedMail?) -> Substring? {
                mail?.calendarParts().first.flatMap {
                    String(decoding: $0.utf8, as: UTF8.self).firstMatch(of: /SEQUENCE:\d+/)?.0
                }
            }
            #expect(sequence(mails.last) != nil)
            #expect(sequence(mails.last) == sequence(question))
            #expect(sequence(first) == "SEQUENCE:0")
            let counters = try await test.recount(of: event)
            #expect(counters[.attendees] == 1)
            #expect(counters[.rsvp(.accepted)] == 1)
            #expect(counters[.delivery(.sent)] == 1)
        }
    }
}
