import Foundation
import HTTPTransport
import JSON
import LocalCloud
import Synchronization
import Testing

@Suite("Events about sent mail")
struct SendEventsTests {
    private final class Topics: Sendable {
        let messages = Mutex<[(topic: String, event: JSON)]>([])
    }

    private let topics = Topics()

    private func events() -> SendEvents {
        let topics = topics
        return SendEvents(
            destinations: [
                EventDestination(
                    configurationSet: "invites", types: ["bounce", "complaint", "delivery"], topicARN: "arn:topic"),
                EventDestination(configurationSet: "other", types: ["delivery"], topicARN: "arn:other"),
            ]
        ) { topic, event in topics.messages.withLock { $0.append((topic, event)) } }
    }

    @Test("are published as the configuration set of the mail says, with its tags")
    func published() async throws {
        let events = events()
        let bench = try await MailBench(events: events)
        let recipients = [
            "ann@example.net", "bounce+1@simulator.amazonses.com", "complaint@simulator.amazonses.com",
            "suppressionlist@simulator.amazonses.com", "full@example.net",
        ]
        let set = try await bench.call("PUT", "/local/outcomes", ["full@example.net": "soft-bounce"])
        #expect(set.status == 204)
        for recipient in recipients {
            let answer = try await bench.send(
                MailBench.request(
                    to: [recipient],
                    ["ConfigurationSetName": "invites", "EmailTags": [["Name": "event", "Value": "e1"]]]))
            #expect(answer.status == 200)
        }
        // Without a configuration set nothing is published.
        _ = try await bench.send(MailBench.request())
        await events.drain()
        let messages = topics.messages.withLock(\.self)
        #expect(Set(messages.map(\.topic)) == ["arn:topic"])
        #expect(
            messages.map {
                "\($0.event["eventType"]?.string ?? "") \($0.event["mail"]?["destination"]?[0]?.string ?? "")"
            }
                == [
                    "Delivery ann@example.net", "Bounce bounce+1@simulator.amazonses.com",
                    "Delivery complaint@simulator.amazonses.com", "Complaint complaint@simulator.amazonses.com",
                    "Bounce suppressionlist@simulator.amazonses.com", "Bounce full@example.net",
                ])
        let first = messages[0].event["mail"]
        #expect(first?["messageId"]?.string == (try bench.entries())[0].messageID)
        #expect(first?["tags"] == ["ses:configuration-set": ["invites"], "event": ["e1"]])
        #expect(
            messages.compactMap { $0.event["bounce"]?["bounceSubType"]?.string } == [
                "General", "OnAccountSuppressionList", "MailboxFull",
            ])
        #expect(messages[5].event["bounce"]?["bounceType"] == "Transient")
        await bench.close()
    }

    @Test("an outcome nobody knows is refused")
    func unknownOutcome() async throws {
        let bench = try await MailBench(events: events())
        let answer = try await bench.call("PUT", "/local/outcomes", ["a@example.net": "lost"])
        #expect(answer.status == 400)
        #expect(answer.body["message"]?.string?.contains("soft-bounce") == true)
        await bench.close()
    }
}
