import Foundation
import InviteService
import JSON
import LocalCloud
import MailMessage
import Synchronization
import TestSupport
import Testing

@Suite("Webhooks on the local stack", .serialized, .enabled(if: Project.isReady, "\(Project.hint)"))
struct WebhookTests {
    private final class Faults: Sendable {
        let left = Mutex(2)
    }

    @Test("what happens is posted, signed, tried again while the receiver fails, and replayed", .timeLimit(.minutes(4)))
    func posted() async throws {
        let faults = Faults()
        let receiver = try LoopbackServer { request in
            guard request.target == "/hook" else { return .response(status: 410) }
            let fails = faults.left.withLock { left in
                defer { left -= 1 }
                return left > 0
            }
            // What a receiver says beside the status does not matter, however long it is.
            return fails ? .response(status: 500) : .response(status: 200, body: String(repeating: "x", count: 100_000))
        }
        defer { receiver.stop() }
        try await TestStack.with(parameters: ["LoopbackWebhooks": "true"]) { test in
            let ann = try await test.key(.organizer(try #require(EmailAddress("ann@acme.example"))))
            let owner = try await test.key()
            let hooks = "/organizer/ann@acme.example/webhooks"
            let made = try await test.call(
                "POST", hooks, key: ann, body: Array("{\"url\":\"\(receiver.url)/hook\"}".utf8))
            #expect(made.status == 201, "\(made.body.text)")
            let secret = try #require(made.body["secret"]?.string.flatMap { WebhookSecret($0) })
            let gone = try await test.call(
                "POST", "/system/webhooks", key: owner,
                body: Array("{\"url\":\"\(receiver.url)/gone\",\"events\":[\"created\"]}".utf8))
            #expect(gone.status == 201)
            let listed = try await test.call("GET", hooks, key: ann)
            #expect(listed.body["webhooks"]?.array?.count == 1)
            #expect(listed.body["webhooks"]?[0]?["secret"] == nil)
            #expect(try await test.call("GET", "/system/webhooks", key: ann).status == 403)
            let goneToo = try await test.call(
                "POST", hooks, key: ann,
                body: Array("{\"url\":\"\(receiver.url)/gone\",\"events\":[\"created\"]}".utf8))
            #expect(goneToo.status == 201)
            let bad = try await test.call("POST", hooks, key: ann, body: Array("{\"url\":\"ftp://x/\"}".utf8))
            #expect(bad.status == 400)

            let event = try await test.createEvent("google-weekly", organizer: "ann@acme.example")
            try await test.upload(TestStack.segment(12), to: "lists/ann@acme.example/hooks/part.json")
            let campaign = try await test.startCampaign(event, prefix: "lists/ann@acme.example/hooks/", key: ann)
            _ = try await test.campaign(campaign, of: event, key: ann, reaches: "finished")
            let kinds = try await test.eventually("all events at the receiver", within: .seconds(120)) {
                let bodies = receiver.requests.filter { $0.target == "/hook" }.compactMap {
                    try? JSON(parsing: $0.body)
                }
                var events: [String: String] = [:]
                for event in bodies.flatMap({ $0["events"]?.array ?? [] }) {
                    events[event["id"]?.string ?? ""] = event["type"]?.string
                }
                let counts = events.values.reduce(into: [:]) { $0[$1, default: 0] += 1 }
                return counts["delivered"] == 12 && counts["campaign.finished"] == 1 ? counts : nil
            }
            #expect(kinds == ["created": 1, "invited": 12, "delivered": 12, "campaign.finished": 1])
            for request in receiver.requests.filter({ $0.target == "/hook" }) {
                let id = try #require(request.header("webhook-id"))
                let time = try #require(request.header("webhook-timestamp").flatMap { Int64($0) })
                #expect(
                    request.header("webhook-signature")
                        == secret.signature(id: id, timestamp: time, body: request.body))
            }

            // The other receiver is gone: its deliveries are kept, and come again when asked for.
            func goneRequests() -> Int { receiver.requests.count { $0.target == "/gone" } }
            #expect(goneRequests() >= 2)
            for (path, hook, key) in [("/system/webhooks/", gone, owner), (hooks + "/", goneToo, ann)] {
                let id = try #require(hook.body["id"]?.string)
                let before = goneRequests()
                let replay = try await test.eventually("the kept delivery") {
                    let answer = try await test.call("POST", path + id + "/replay", key: key)
                    return answer.body["replayed"]?.int == 1 ? answer : nil
                }
                #expect(replay.status == 202)
                _ = try await test.eventually("the replayed delivery") { goneRequests() > before ? true : nil }
                #expect(try await test.call("DELETE", path + id, key: key).status == 204)
                #expect(try await test.call("DELETE", path + id, key: key).status == 404)
            }
        }
    }
}
