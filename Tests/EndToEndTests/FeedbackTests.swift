import Foundation
import InviteService
import JSON
import LocalCloud
import MailMessage
import Store
import Testing

@Suite("Feedback on the local stack", .serialized, .enabled(if: Project.isReady, "\(Project.hint)"))
struct FeedbackTests {
    @Test(
        "what becomes of each mail is recorded and counted, and who bounced is not mailed again",
        .timeLimit(.minutes(4)))
    func outcomes() async throws {
        try await TestStack.with { test in
            let event = try await test.createEvent("google-weekly", organizer: "ann@acme.example")
            let key = try await test.key()
            func address(_ number: Int) -> String { "person\(number)@mail.example" }
            try await test.door.setOutcomes([
                address(0): .bounce, address(1): .softBounce, address(2): .complaint, address(3): .open,
                address(4): .reject, address(5): .suppressed, address(6): .silence, address(7): .delay,
            ])
            try await test.upload(TestStack.segment(40), to: "lists/feedback/part.json")
            let campaign = try await test.startCampaign(event, prefix: "lists/feedback/", key: key)
            _ = try await test.campaign(campaign, of: event, key: key, reaches: "finished")
            // 40 sent; 3 bounced, 1 complained about, 1 rejected, 1 never heard of.
            let expected: JSON = ["sent": 39, "delivered": 35, "bounced": 3, "complained": 1, "failed": 1]
            let statistics = try await test.eventually("every outcome in the statistics") {
                let statistics = try await test.call("GET", "/event/\(event)/statistics", key: key).body
                return statistics["delivery"] == expected && statistics["opened"] == 1 ? statistics : nil
            }
            #expect(statistics["attendees"] == 40)
            #expect(statistics["receipts"] == 0)
            _ = try await test.recount(of: event)

            let addresses = try (0..<8).map { try #require(EmailAddress(address($0))) }
            let persons = try await test.environment.mainTable().readPersons(addresses)
            #expect(
                addresses.map { persons[$0]?.isSuppressed ?? false } == [
                    true, false, true, false, false, true, false, false,
                ])

            // They are not even claimed by the next campaign.
            let other = try await test.createEvent("outlook-zoned", organizer: "bob@contoso.example")
            try await test.door.setOutcomes([address(4): .delivery])
            let next = try await test.startCampaign(other, prefix: "lists/feedback/", key: key)
            let end = try await test.campaign(next, of: other, key: key, reaches: "finished")
            #expect(end["sent"] == 37)

            // The owner sees the list and takes one off it.
            let list = try await test.call("GET", "/system/suppressions?limit=2", key: key)
            #expect(list.body["suppressions"]?.array?.count == 2)
            let cursor = try #require(list.body["next"]?.string)
            let rest = try await test.call("GET", "/system/suppressions?cursor=\(cursor)", key: key)
            #expect(rest.body["suppressions"]?.array?.count == 1)
            #expect(try await test.call("DELETE", "/system/suppressions/\(address(0))", key: key).status == 204)
            #expect(try await test.call("DELETE", "/system/suppressions/\(address(0))", key: key).status == 404)
            let person = try await test.environment.mainTable().readPersons([addresses[0]])[addresses[0]]
            #expect(person?.isSuppressed == false)

            // The list that SES keeps for the account is another one.
            await test.stack.mail.account.suppress(["x@mail.example", "y@mail.example", "z@mail.example"])
            let account = try await test.call("GET", "/system/suppressions?source=account&limit=2", key: key)
            #expect(account.body["suppressions"]?[0]?["address"] == "x@mail.example", "\(account.body.text)")
            #expect(account.body["suppressions"]?[0]?["reason"] == "bounce")
            let token = try #require(account.body["next"]?.string)
            let remainder = try await test.call("GET", "/system/suppressions?source=account&cursor=\(token)", key: key)
            #expect(remainder.body["suppressions"]?.array?.count == 1)
            #expect(remainder.body["next"] == .null)
        }
    }

    @Test(
        "a campaign whose mails bounce is paused, organizer and owner are told, and it can be resumed",
        .timeLimit(.minutes(5)))
    func guarding() async throws {
        let parameters = ["GuardLeastSent": "50", "BounceLimit": "10", "OwnerAddress": "owner@calendar.example.com"]
        try await TestStack.with(parameters: parameters, sendRate: 12) { test in
            let event = try await test.createEvent("google-weekly", organizer: "ann@acme.example")
            let key = try await test.key()
            try await test.door.setOutcomes(
                (0..<300).reduce(into: [:]) { $0["person\($1)@mail.example"] = .bounce })
            try await test.upload(TestStack.segment(600), to: "lists/bad/part.json")
            let campaign = try await test.startCampaign(event, prefix: "lists/bad/", key: key)
            let paused = try await test.campaign(
                campaign, of: event, key: key, reaches: "paused", within: .seconds(120))
            #expect(paused["paused_because"]?.string?.contains("mails bounced, which is more than 10 %") == true)
            for address in ["ann@acme.example", "owner@calendar.example.com"] {
                _ = try await test.eventually("the notice to \(address)") {
                    try test.sentMails(to: address).first { $0.textBody?.contains("was paused") == true }
                }
            }
            try await test.door.setQuota(maximumSendRate: 500, maximum24HourSend: 50_000)
            let resumed = try await test.call(
                "POST", "/event/\(event)/campaigns/\(campaign)/resume", key: key)
            #expect(resumed.status == 200, "\(resumed.body.text)")
        }
    }
}
