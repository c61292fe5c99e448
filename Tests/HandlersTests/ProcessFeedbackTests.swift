import Handlers
import InviteService
import JSON
import LambdaRuntime
import MailMessage
import Synchronization
import Testing

@Suite("ProcessFeedback")
struct ProcessFeedbackTests {
    private final class Log: Sendable {
        let lines = Mutex<[String]>([])

        func add(_ line: String) { lines.withLock { $0.append(line) } }
    }

    private let log = Log()

    private var function: ProcessFeedback {
        let log = log
        return ProcessFeedback(
            intake: FeedbackIntake(
                ports: .init(
                    recordOutcome: { _, address, outcome in
                        log.add(
                            "\(address) \(outcome.delivery) \(outcome.order) \(outcome.detail ?? "-") \(outcome.time)")
                        return true
                    },
                    recordOpening: { _, address, time in log.add("\(address) opened \(time)") },
                    suppress: { log.add("suppress \($0.address) \($0.reason.rawValue) \($0.since)") },
                    addSoftBounce: { address, day in
                        log.add("soft \(address) \(day)")
                        return [day]
                    },
                    forgetSoftBounces: { _, _ in }, unsubscribe: { address, _ in log.add("unsubscribe \(address)") },
                    scheduleCheck: { log.add("check \($0)") }),
                softBounces: SoftBouncePolicy(limit: 3, span: 14)),
            campaigns: CampaignGuard(
                ports: .init(
                    readCampaign: { _ in nil }, readCounters: { _ in [:] }, pause: { _, _, _ in false },
                    notify: { _ in }, now: { 0 }),
                policy: CampaignGuard.Policy(leastSent: 1, bounceLimit: 5, complaintLimit: 1, owner: nil)))
    }

    private func event(_ type: String, to destination: [JSON] = ["Bob@example.com"], _ details: JSONObject) -> JSON {
        var event: JSONObject = [
            "eventType": .string(type),
            "mail": [
                "timestamp": "2026-11-22T12:00:00.000Z", "messageId": "m-1",
                "source": "invitation@calendar.example.com",
                "destination": .array(destination),
                "tags": [
                    "ses:configuration-set": ["set"], "event": [.string(Samples.uid)], "revision": ["2"],
                    "campaign": ["c1"],
                ],
            ],
        ]
        for member in details { event[member.name] = member.value }
        return .object(event)
    }

    private func lines(for bodies: JSON...) async throws -> [String] {
        let batch: JSON = [
            "Records": .array(
                bodies.enumerated().map { ["messageId": .string("m\($0)"), "body": .string($1.text)] })
        ]
        #expect(try await function.handle(batch, Samples.context) == ["batchItemFailures": []])
        return log.lines.withLock(\.self)
    }

    private func bounce(_ type: String, _ subtype: String) -> JSONObject {
        [
            "bounce": [
                "bounceType": .string(type), "bounceSubType": .string(subtype), "timestamp": "2026-11-22T12:00:01.000Z",
                "bouncedRecipients": [["emailAddress": "bob@example.com", "status": "5.1.1", "diagnosticCode": "x"]],
            ]
        ]
    }

    @Test(
        "bounces are told apart by what they mean for the address",
        arguments: [
            ("Permanent", "General", "suppress Bob@example.com bounce 1795348801"),
            ("Permanent", "NoEmail", "suppress Bob@example.com bounce 1795348801"),
            ("Permanent", "OnAccountSuppressionList", "suppress Bob@example.com account_list 1795348801"),
            ("Permanent", "Suppressed", "suppress Bob@example.com account_list 1795348801"),
            ("Transient", "MailboxFull", "soft Bob@example.com 20779"),
            ("Undetermined", "Undetermined", "soft Bob@example.com 20779"), ("Transient", "ContentRejected", nil),
        ] as [(String, String, String?)])
    func bounces(type: String, subtype: String, effect: String?) async throws {
        let lines = try await lines(for: event("Bounce", bounce(type, subtype)))
        let record = "Bob@example.com bounced 19 \(type) \(subtype) 5.1.1 1795348801"
        #expect(lines == [effect, record, "check c1"].compactMap(\.self))
    }

    @Test("deliveries, openings, complaints, refusals and unsubscriptions reach the records; delays and sends do not")
    func others() async throws {
        let lines = try await lines(
            for: event("Delivery", ["delivery": ["timestamp": "2026-11-22T12:00:05.000Z"]]),
            event("Open", ["open": ["timestamp": "2026-11-22T13:00:00.000Z"]]),
            event("Complaint", ["complaint": ["complaintFeedbackType": "abuse"]]),
            event("Complaint", ["complaint": ["complaintFeedbackType": "not-spam"]]),
            event("Reject", ["reject": ["reason": "Bad content"]]),
            event("Subscription", ["subscription": ["newTopicPreferences": ["unsubscribeAll": true]]]),
            event("Subscription", ["subscription": ["newTopicPreferences": ["unsubscribeAll": false]]]),
            event("DeliveryDelay", ["deliveryDelay": [:]]), event("Send", ["send": [:]]))
        #expect(
            lines == [
                "Bob@example.com delivered 17 - 1795348805", "Bob@example.com opened 1795352400",
                "suppress Bob@example.com complaint 1795348800", "Bob@example.com complained 20 - 1795348800",
                "check c1", "Bob@example.com failed 18 - 1795348800", "unsubscribe Bob@example.com",
            ])
    }

    @Test("a notification with SNS's envelope around it is read as well")
    func envelope() async throws {
        let inner = event("Delivery", ["delivery": ["timestamp": "2026-11-22T12:00:05.000Z"]])
        let lines = try await lines(for: ["Type": "Notification", "Message": .string(inner.text)])
        #expect(lines == ["Bob@example.com delivered 17 - 1795348805"])
    }

    @Test("a complaint about a mail to several says nothing about any of them")
    func several() async throws {
        let lines = try await lines(
            for: event("Complaint", to: ["a@example.com", "b@example.com"], ["complaint": [:]]))
        #expect(lines.isEmpty)
    }

    @Test("what is no report is handed back, and what is due for a check is checked")
    func otherMessages() async throws {
        let batch: JSON = [
            "Records": [
                ["messageId": "m0", "body": "{}"], ["messageId": "m1", "body": #"{"check_campaign":"c9"}"#],
            ]
        ]
        #expect(
            try await function.handle(batch, Samples.context) == ["batchItemFailures": [["itemIdentifier": "m0"]]])
    }
}
