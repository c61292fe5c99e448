import Foundation
import HTTPTransport
import ICalendar
import InviteService
import JSON
import LocalCloud
import MailMessage
import Store
import TestSupport
import Testing

@Suite("The life of an event on the local stack", .serialized, .enabled(if: Project.isReady, "\(Project.hint)"))
struct EventLifeTests {
    private static let people = 130
    private static let create = "create@\(TestStack.domain)"

    /// What the organizer's calendar sends of a weekly series.
    private func mail(
        _ method: String, sequence: Int, stamp: String, hour: Int = 15, _ lines: [String] = []
    ) -> [UInt8] {
        SampleMail.invitation(
            to: Self.create, method: method,
            calendar: SampleMail.event(
                method: method, sequence: sequence, stamp: stamp, without: ["DTSTART", "DTEND"],
                [
                    "DTSTART:20270110T\(hour)0000Z", "DTEND:20270110T\(hour + 1)0000Z", "RRULE:FREQ=WEEKLY;COUNT=6",
                ] + lines))
    }

    /// - Returns: the reply's message id, and where it went.
    @discardableResult
    private func reply(
        _ client: ReplyMail.Client, from person: String, _ answer: String, to invitation: ParsedMail, stamp: String,
        in test: TestStack
    ) async throws -> (id: String, to: String) {
        let event = try self.event(in: invitation)
        let address = try #require(event.organizer?.email)
        var reply = ReplyMail(client, from: person, uid: try #require(event.uid))
        reply.organizer = address
        reply.answer = answer
        reply.sequence = event.sequence ?? 0
        reply.stamp = stamp
        return (try await test.door.deliver(reply.bytes, to: [address]), address)
    }

    /// Reads a reply a second time, and comes back when it has been.
    private func readAgain(_ reply: (id: String, to: String), in test: TestStack) async throws {
        let sample = try String(
            contentsOf: Project.root.appendingPathComponent("Events/ReceiveReplyMail.json"), encoding: .utf8)
        let payload = sample.replacing("nothing-was-stored-under-this-id", with: reply.id)
            .replacing("rsvp@\(TestStack.domain)", with: reply.to)
        let lambda = test.stack.state.lambda(transport: HTTPTransport())
        let name = try #require(test.stack.state.resources["ReceiveReplyMail"])
        let result = try await lambda.invoke(name, payload: Array(payload.utf8), timeout: .seconds(30))
        guard case .answered = result else {
            Issue.record("the reply was not read: \(result)")
            return
        }
    }

    private func event(in mail: ParsedMail) throws -> EventView {
        let part = try #require(mail.calendarParts().first)
        return EventView(try #require(ICalendar.parse(part.bytes).calendars.first?.components("VEVENT").first))
    }

    /// The nth mail of everybody, once all have it, each exactly once.
    private func mails(_ number: Int, in test: TestStack) async throws -> [String: ParsedMail] {
        _ = try await test.eventually("mail \(number) of everybody", within: .seconds(90)) { () -> Bool? in
            try test.invitedRecipients().count >= number * Self.people ? true : nil
        }
        let counts = Dictionary(grouping: try test.invitedRecipients(), by: { $0 }).mapValues(\.count)
        #expect(counts.count == Self.people && counts.values.allSatisfy { $0 == number }, "mail \(number): \(counts)")
        var mails: [String: ParsedMail] = [:]
        for index in [0, 1, 2, 3, 99, 129] {
            let person = "person\(index)@mail.example"
            let mail: ParsedMail = try #require(try test.sentMails(to: person).last)
            mails[person] = mail
        }
        return mails
    }

    private func rsvp(_ counters: [CounterName: Int]) -> [Int] {
        [Response.accepted, .declined, .tentative, .noAction].map { counters[.rsvp($0)] ?? 0 }
    }

    /// The answers once they are these, and equal to a count of the records.
    private func expectAnswers(_ expected: [Int], of event: String, in test: TestStack) async throws {
        let counters = try await test.eventually("answers \(expected)") {
            let counters = try await test.recount(of: event, within: .seconds(2))
            return rsvp(counters) == expected ? counters : nil
        }
        #expect(counters[.attendees] == Self.people)
    }

    @Test("invited, answered, moved, one date cancelled, cancelled: everybody follows", .timeLimit(.minutes(6)))
    func story() async throws {
        try await TestStack.with { test in
            // Invited by mail, and a campaign.
            try await test.deliver(
                mail("REQUEST", sequence: 0, stamp: "20261122T090000Z"), to: Self.create)
            let uid = try await test.eventually("the notice") {
                try test.sentMails(to: "ann@acme.example").lazy
                    .compactMap { $0.textBody?.firstMatch(of: /Event UID: ([0-9a-f]{40})/) }.first
                    .map { String($0.1) }
            }
            let key = try await test.key()
            try await test.upload(TestStack.segment(Self.people), to: "lists/life/part.json")
            let campaign = try await test.startCampaign(uid, prefix: "lists/life/", key: key)
            _ = try await test.campaign(campaign, of: uid, key: key, reaches: "finished")
            let invitations = try await mails(1, in: test)
            func person(_ index: Int) -> String { "person\(index)@mail.example" }
            func invitation(_ index: Int, _ mails: [String: ParsedMail]) throws -> ParsedMail {
                try #require(mails[person(index)])
            }
            try await expectAnswers([0, 0, 0, Self.people], of: uid, in: test)

            // Replies.
            for (index, client, answer) in [
                (0, ReplyMail.Client.google, "ACCEPTED"), (1, .outlook, "DECLINED"), (2, .apple, "TENTATIVE"),
            ] {
                try await reply(
                    client, from: person(index), answer, to: try invitation(index, invitations),
                    stamp: "20261123T080000Z", in: test)
            }
            try await expectAnswers([1, 1, 1, Self.people - 3], of: uid, in: test)

            // Moved in the organizer's calendar: everybody is asked again.
            try await test.deliver(
                mail("REQUEST", sequence: 1, stamp: "20261123T100000Z", hour: 17), to: Self.create)
            let moved = try await mails(2, in: test)
            let update = try invitation(0, moved)
            #expect(update.subject == "Updated: Tea")
            #expect(try event(in: update).sequence == 1)
            #expect(try event(in: update).start == .utc(epochSeconds: 1_799_600_400))
            #expect(try event(in: update).organizer?.email == event(in: invitation(0, invitations)).organizer?.email)
            #expect(update.calendarParts().first?.method == "REQUEST")
            try await expectAnswers([0, 0, 0, Self.people], of: uid, in: test)

            // An answer to the old time comes late; those to the new one count.
            try await reply(
                .apple, from: person(3), "ACCEPTED", to: try invitation(3, invitations), stamp: "20261123T120000Z",
                in: test)
            for (index, answer) in [(0, "ACCEPTED"), (1, "ACCEPTED"), (2, "DECLINED")] {
                try await reply(
                    .google, from: person(index), answer, to: try invitation(index, moved), stamp: "20261123T130000Z",
                    in: test)
            }
            try await expectAnswers([2, 1, 0, Self.people - 3], of: uid, in: test)

            // Other words, the same time: the answers stay.
            try await test.deliver(
                mail(
                    "REQUEST", sequence: 1, stamp: "20261123T133000Z", hour: 17, ["LOCATION:Room 6"]), to: Self.create)
            let reworded = try await mails(3, in: test)
            #expect(try event(in: invitation(0, reworded)).attendees.first?.partstat == .accepted)
            try await expectAnswers([2, 1, 0, Self.people - 3], of: uid, in: test)

            // One date gets words of its own. Its answers on the web are for it alone, and hold when the words change.
            func inGarden(_ stamp: String, _ words: String) -> [UInt8] {
                SampleMail.invitation(
                    to: Self.create,
                    calendar: SampleMail.event(
                        sequence: 1, stamp: stamp, without: ["DTSTART", "DTEND", "SUMMARY"],
                        [
                            "RECURRENCE-ID:20270124T170000Z", "DTSTART:20270124T170000Z", "DTEND:20270124T180000Z",
                            "SUMMARY:Tea in the garden", "DESCRIPTION:\(words)",
                        ]))
            }
            try await test.deliver(inGarden("20261123T134000Z", "Bring a coat"), to: Self.create)
            let garden = try invitation(0, try await mails(4, in: test))
            #expect(garden.subject == "Updated: Tea in the garden")
            #expect(try event(in: garden).attendees.first?.partstat == .accepted, "as they answered the series")
            let no = try #require(garden.textBody?.firstMatch(of: /No: (http\S+date=\d+)/)).1
            let page = try await test.browse("GET", String(no))
            #expect(page.status == 200 && String(decoding: page.body, as: UTF8.self).contains("Tea in the garden"))
            #expect(try await test.browse("POST", String(no), form: "answer=no").status == 200)
            try await test.deliver(inGarden("20261123T135000Z", "Bring two coats"), to: Self.create)
            let coats = try await mails(5, in: test)
            #expect(try event(in: invitation(0, coats)).attendees.first?.partstat == .declined)
            #expect(try event(in: invitation(1, coats)).attendees.first?.partstat == .accepted)
            try await expectAnswers([2, 1, 0, Self.people - 3], of: uid, in: test)

            // One date is cancelled.
            let oneDate = SampleMail.event(
                method: "CANCEL", sequence: 2, stamp: "20261123T140000Z", without: ["DTSTART", "DTEND"],
                ["RECURRENCE-ID:20270117T170000Z"])
            try await test.deliver(
                SampleMail.invitation(to: Self.create, method: "CANCEL", calendar: oneDate), to: Self.create)
            let withoutDate = try invitation(99, try await mails(6, in: test))
            #expect(withoutDate.subject == "Cancelled: Tea")
            #expect(withoutDate.calendarParts().first?.method == "CANCEL")
            #expect(try event(in: withoutDate).recurrenceID == .utc(epochSeconds: 1_800_205_200))
            try await expectAnswers([2, 1, 0, Self.people - 3], of: uid, in: test)

            // The event is cancelled.
            try await test.deliver(
                mail("CANCEL", sequence: 3, stamp: "20261124T100000Z", hour: 17), to: Self.create)
            let last = try invitation(129, try await mails(7, in: test))
            #expect(last.calendarParts().first?.method == "CANCEL")
            #expect(try event(in: last).recurrenceID == nil)
            #expect(try event(in: last).sequence ?? 0 > event(in: withoutDate).sequence ?? 0)
            #expect(try await test.call("GET", "/event/\(uid)", key: key).body["status"] == "cancelled")

            // A late reply changes nothing, and nobody can be invited any more.
            let late = try await reply(
                .google, from: person(99), "ACCEPTED", to: try invitation(99, reworded), stamp: "20261125T080000Z",
                in: test)
            try await readAgain(late, in: test)
            let refused = try await test.call(
                "POST", "/event/\(uid)/campaigns", key: key,
                body: Array("{\"source\":\"s3://\(try test.environment.required("DATA_BUCKET"))/lists/life/\"}".utf8))
            #expect(refused.status == 409, "\(refused.body.text)")
            try await expectAnswers([2, 1, 0, Self.people - 3], of: uid, in: test)
            #expect(try test.invitedRecipients().count == 7 * Self.people)
        }
    }
}
