import Foundation
import HTTPTransport
import InviteService
import JSON
import LocalCloud
import MailMessage
import Store
import Testing

@Suite("The domain owner on the local stack", .enabled(if: Project.isReady, "\(Project.hint)"))
struct SystemAPITests {
    @Test("sees everything, suspends an organizer, and keeps keys", .timeLimit(.minutes(3)))
    func owner() async throws {
        try await TestStack.with { test in
            let weekly = try await test.createEvent("google-weekly", organizer: "ann@acme.example")
            let zoned = try await test.createEvent("outlook-zoned", organizer: "bob@contoso.example")
            let owner = try await test.key()
            let bob = try await test.key(.organizer(try #require(EmailAddress("bob@contoso.example"))))

            let events = try await test.call("GET", "/system/events", key: owner)
            #expect(events.status == 200, "\(events.body.text)")
            #expect(Set(events.body["events"]?.array?.compactMap { $0["uid"]?.string } ?? []) == [weekly, zoned])
            let recent = try await test.call("GET", "/system/events?filter=recent&limit=1", key: owner).body
            let next = try #require(recent["next"]?.string)
            let rest = try await test.call("GET", "/system/events?filter=recent&limit=1&cursor=\(next)", key: owner)
            #expect(rest.body["events"]?.array?.count == 1)
            #expect(try await test.call("GET", "/system/events", key: bob).body["error"]?["code"] == "owner_only")
            _ = try await test.eventually("both events in the statistics") {
                let answer = try await test.call("GET", "/system/statistics", key: owner).body
                return answer["events"] == 2 ? answer : nil
            }

            let suspended = try await test.call(
                "POST", "/system/organizers/bob%40contoso.example", key: owner,
                body: Array("{\"suspended\":true,\"bulk\":true,\"limits\":{\"events\":5}}".utf8))
            #expect(suspended.status == 200, "\(suspended.body.text)")
            let profile = try await test.call("GET", "/organizer/bob@contoso.example", key: bob)
            #expect(profile.body["suspended"] == true)
            #expect(profile.body["limits"] == ["invites_per_event": .null, "events": 5])
            let bucket = try test.environment.required("DATA_BUCKET")
            let source: JSON = ["source": .string("s3://\(bucket)/lists/bob@contoso.example/x/")]
            let campaign = try await test.call("POST", "/event/\(zoned)/campaigns", key: bob, body: source.bytes)
            #expect(campaign.status == 403 && campaign.body["error"]?["code"] == "organizer_suspended")

            #expect(try await test.call("GET", "/key", key: bob).body["organizer"] == "bob@contoso.example")
            let dashboard = try await test.browse("GET", "/dashboard/\(weekly)")
            #expect(dashboard.status == 200 && dashboard.header("content-security-policy") != nil)
            #expect(try await test.call("GET", "/openapi.json", key: nil).body["openapi"] == "3.1.0")
            let wrongMethod = try await test.call("PUT", "/event/\(weekly)", key: owner)
            #expect(wrongMethod.status == 405 && wrongMethod.body["error"]?["code"] == "method_not_allowed")
            let wrongPath = try await test.call("GET", "/events", key: owner)
            #expect(wrongPath.status == 404 && wrongPath.body["error"]?["code"] == "no_route")

            let made = try await test.call("POST", "/system/keys", key: owner)
            #expect(made.status == 201, "\(made.body.text)")
            let id = try #require(made.body["id"]?.string)
            #expect(try await test.call("GET", "/system/keys", key: owner).body["keys"]?.array?.count == 2)
            #expect(try await test.call("DELETE", "/system/keys/\(id)", key: owner).status == 204)
            #expect(try await test.call("GET", "/system/keys", key: made.body["key"]?.string).status == 403)
        }
    }
}
