import Foundation
import HTTPTransport
import InviteService
import JSON
import LocalCloud
import MailMessage
import TestSupport
import Testing

@Suite("Making and changing events on the local stack", .serialized, .enabled(if: Project.isReady, "\(Project.hint)"))
struct EventEditingTests {
    private static let create = "create@\(TestStack.domain)"

    private func bytes(_ json: JSON) -> [UInt8] { json.bytes }

    @Test(
        "an event lives by the API alone: made, sent, changed for all but who declined, cancelled",
        .timeLimit(.minutes(4)))
    func life() async throws {
        try await TestStack.with { test in
            let owner = try await test.key()
            let key = try await test.key(.organizer(try #require(EmailAddress("ann@acme.example"))))
            let fields: JSON = [
                "uid": "tea", "summary": "Tea", "dtstart": "2027-01-10T15:00", "dtend": "2027-01-10T16:00",
                "tzid": "Europe/Berlin", "rrule": "FREQ=WEEKLY;COUNT=4", "updates": "not_declined",
            ]
            let made = try await test.call("POST", "/event", key: key, body: bytes(fields))
            #expect(made.status == 201, "\(made.body.text)")
            let uid = try #require(made.body["uid"]?.string)
            #expect(try await test.call("POST", "/event", key: key, body: bytes(fields)).status == 200)

            try await test.upload(TestStack.segment(3), to: "lists/ann@acme.example/api/part.json")
            let campaign = try await test.startCampaign(uid, prefix: "lists/ann@acme.example/api/", key: key)
            _ = try await test.campaign(campaign, of: uid, key: key, reaches: "finished")
            let invitation: ParsedMail = try #require(try test.sentMails(to: "person0@mail.example").first)
            let plain = try #require(invitation.textBody)
            let no = try #require(plain.firstMatch(of: /No: (http\S+)/)).1
            #expect(try await test.browse("POST", String(no), form: "answer=no").status == 200)

            let moved = try await test.call(
                "PATCH", "/event/\(uid)", key: key,
                body: bytes(["dtstart": "2027-01-10T17:00", "dtend": "2027-01-10T18:00", "tzid": "Europe/Berlin"]))
            #expect(moved.status == 200 && moved.body["sequence"] == 1, "\(moved.body.text)")
            _ = try await test.eventually("the update") {
                try test.invitedRecipients().count == 5 ? true : nil
            }
            let counters = try await test.recount(of: uid)
            #expect(counters[.rsvp(.declined)] == 1 && counters[.rsvp(.noAction)] == 2)

            // The second date, by its new time.
            let second = 1_799_596_800 + 7 * 86_400
            let oneDate = try await test.call("DELETE", "/event/\(uid)?instance=\(second)", key: owner)
            #expect(oneDate.status == 200 && oneDate.body["status"] == "confirmed", "\(oneDate.body.text)")
            _ = try await test.eventually("the cancellation of one date") {
                try test.invitedRecipients().count == 7 ? true : nil
            }
            let cancelled = try await test.call("DELETE", "/event/\(uid)", key: key)
            #expect(cancelled.status == 200 && cancelled.body["status"] == "cancelled")
            _ = try await test.eventually("the cancellation") {
                try test.invitedRecipients().count == 9 ? true : nil
            }
            #expect(try test.sentMails(to: "person0@mail.example").count == 1, "who declined was told no more")
            let last: ParsedMail = try #require(try test.sentMails(to: "person1@mail.example").last)
            #expect(last.calendarParts().first?.method == "CANCEL")
            let late = try await test.call("PATCH", "/event/\(uid)", key: key, body: bytes(["summary": "Coffee"]))
            #expect(late.status == 409 && late.body["error"]?["code"] == "event_cancelled")
        }
    }

    @Test("forged changes are refused and told, limits hold, and a refused mail comes back", .timeLimit(.minutes(3)))
    func refusals() async throws {
        try await TestStack.with(parameters: ["EventLimit": "1", "SenderPolicy": "relaxed"]) { test in
            let uid = try await test.createEvent("google-weekly", organizer: "ann@acme.example")
            let owner = try await test.key()
            let before = try test.sentMails(to: "ann@acme.example").count

            // Somebody else cancels it in her name.
            let forged = String(decoding: try Project.mail("google-weekly"), as: UTF8.self)
                .replacing("METHOD:REQUEST", with: "METHOD:CANCEL")
            for _ in 0..<2 {
                try await test.deliver(
                    Array(forged.utf8), to: Self.create, verdicts: ["dmarc=FAIL", "dkim=FAIL", "spf=FAIL"])
            }
            let warning = try await test.eventually("the warning") {
                try test.sentMails(to: "ann@acme.example").first { $0.subject?.hasPrefix("Not changed") == true }
            }
            #expect(warning.textBody?.contains(uid) == true)
            #expect(try await test.call("GET", "/event/\(uid)", key: owner).body["status"] == "confirmed")

            // A second event is one too many; her mail comes back with the answer.
            let second = SampleMail.invitation(to: Self.create, calendar: SampleMail.event(uid: "second"))
            try await test.deliver(second, to: Self.create)
            let refusal = try await test.eventually("the refusal") {
                try test.sentMails(to: "ann@acme.example").first { $0.subject?.hasPrefix("Not created") == true }
            }
            #expect(refusal.textBody?.contains("1 events") == true || refusal.textBody?.contains("1 event") == true)
            #expect(refusal.root.leaves.contains { $0.part.contentType.mediaType == "message/rfc822" })
            #expect(
                try test.sentMails(to: "ann@acme.example").count == before + 2, "the warning comes once a day")
            let raised = try await test.call(
                "POST", "/system/organizers/ann@acme.example", key: owner, body: bytes(["limits": ["events": 2]]))
            #expect(raised.status == 200, "\(raised.body.text)")
            let made = try await test.call(
                "POST", "/event", key: owner, body: bytes(["organizer": "ann@acme.example", "dtstart": 1_799_596_800]))
            #expect(made.status == 201, "\(made.body.text)")
            let third = try await test.call(
                "POST", "/event", key: owner, body: bytes(["organizer": "ann@acme.example", "dtstart": 1_799_596_800]))
            #expect(third.status == 422 && third.body["error"]?["code"] == "event_limit")
        }
    }
}
