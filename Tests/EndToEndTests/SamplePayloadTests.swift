import AWSClients
import Foundation
import HTTPTransport
import InviteService
import JSON
import LocalCloud
import MailMessage
import SigV4
import Store
import TestSupport
import Testing

@Suite("Sample payloads in Events", .enabled(if: Project.isReady, "\(Project.hint)"))
struct SamplePayloadTests {
    @Test("each function answers its own sample, alone, on an empty stack", .timeLimit(.minutes(3)))
    func samples() async throws {
        try await TestStack.with { test in
            func invoke(_ function: String) async throws -> InvocationText {
                try await self.invoke(function, in: test)
            }
            // No mail lies under the sample's message id: SES has not stored it yet, so Lambda is to try again.
            for (function, type) in [
                ("ReceiveEventMail", "EventIntakeFailure"), ("ReceiveReplyMail", "ReplyIntakeFailure"),
                ("ReceiveBulkMail", "BulkIntakeFailure"),
            ] {
                guard case .failed(let error) = try await invoke(function) else {
                    Issue.record("\(function) answered")
                    continue
                }
                #expect(error["errorType"]?.string == "Function.\(type)")
                #expect(error["errorMessage"]?.string?.contains("mailNotStored") == true)
            }
            // A campaign that does not exist: nothing to import, and nothing that could be sent.
            let retry: JSON = ["batchItemFailures": [["itemIdentifier": "19dd0b57-b21e-4ac1-bd88-01bbb068cb78"]]]
            #expect(try await invoke("ImportSegment") == .answered(["batchItemFailures": []]))
            #expect(try await invoke("SendInvites") == .answered(retry))
            #expect(try await invoke("StageAttendees") == .answered(retry), "its event is not there")
            #expect(try await invoke("NotifyOrganizer") == .answered(["batchItemFailures": []]))
            #expect(try test.sentMails(to: "ann@acme.example").count == 1)
            #expect(try await invoke("NotifyOrganizer") == .answered(["batchItemFailures": []]))
            #expect(try test.sentMails(to: "ann@acme.example").count == 1, "the same notice is sent once")
            // Its attendee is not there; the address is suppressed all the same.
            #expect(try await invoke("ProcessFeedback") == .answered(["batchItemFailures": []]))
            #expect(try await invoke("AggregateStatistics") == .answered(["state": [:]]))
            // The sample's event is not there.
            guard case .answered(let invite) = try await invoke("InviteAPI") else {
                Issue.record("InviteAPI failed")
                return
            }
            #expect(invite["statusCode"] == 404)
            // The sample's signature is made with another key.
            guard case .answered(let order) = try await invoke("OrderAPI") else {
                Issue.record("OrderAPI failed")
                return
            }
            #expect(order["statusCode"] == 401)
            // The samples' key is a placeholder.
            for function in ["EventAPI", "OrganizerAPI", "SystemAPI"] {
                guard case .answered(let answer) = try await invoke(function) else {
                    Issue.record("\(function) failed")
                    continue
                }
                #expect(answer["statusCode"] == 403)
                #expect(answer["body"]?.string?.contains("unknown_key") == true)
            }
        }
    }

    private static let (uid, campaign) = (
        "9de68f029feb02ffc459e82e5795e24a437bf182", "f4561ec5a74b70f12a4f9c2c89e7dd08"
    )
    private static let messageID = "nothing-was-stored-under-this-id"

    @Test("each sample does its work where there is what it speaks of", .timeLimit(.minutes(4)))
    func work() async throws {
        try await TestStack.with { test in
            let owner = try await test.key()
            try await test.upload(try Project.mail("google-weekly"), to: "inbound/create/\(Self.messageID)")
            #expect(try await invoke("ReceiveEventMail", in: test) == .answered(.null))
            let events = try await test.call("GET", "/system/events", key: owner).body["events"]
            let event = try #require(events?[0]?["uid"]?.string, "\(String(describing: events))")
            let known = [Self.uid: event, "cis_paste-a-key-here": owner]

            for function in ["EventAPI", "OrganizerAPI", "SystemAPI"] {
                guard case .answered(let answer) = try await invoke(function, in: test, replacing: known) else {
                    Issue.record("\(function) failed")
                    continue
                }
                #expect(answer["statusCode"] == 200, "\(function): \(answer.text)")
                #expect(answer["body"]?.string?.contains(event) == true, "\(function)")
            }
            guard case .answered(let queued) = try await invoke("InviteAPI", in: test, replacing: known) else {
                Issue.record("InviteAPI failed")
                return
            }
            #expect(queued["statusCode"] == 202, "\(queued.text)")
            _ = try await test.eventually("the invitation") { try test.sentMails(to: "dora@mail.example").first }

            // A list of 130, whose first chunk the sample of SendInvites sends once more.
            let uid = try #require(EventUID(event))
            let ann = try #require(EmailAddress("ann@acme.example"))
            try await test.upload(TestStack.segment(130), to: "lists/sample/part.json")
            _ = try await test.environment.mainTable().createCampaign(
                Campaign(
                    id: Self.campaign, event: uid, organizer: ann, domain: TestStack.domain, origin: .vip,
                    source: ListSource(
                        bucket: try test.environment.required("DATA_BUCKET"), prefix: "lists/sample/part.json"),
                    status: .importing, created: 1_795_339_531))
            #expect(try await invoke("ImportSegment", in: test) == .answered(["batchItemFailures": []]))
            let sent = try await test.campaign(Self.campaign, of: event, key: owner, reaches: "finished")
            #expect(sent["sent"] == 130)
            #expect(
                try await invoke("SendInvites", in: test, replacing: known) == .answered(["batchItemFailures": []]))
            #expect(try test.invitedRecipients().count == 131)
            let current = known.merging(["\\\"revision\\\": 2": "\\\"revision\\\": 1"]) { $1 }
            #expect(
                try await invoke("StageAttendees", in: test, replacing: current)
                    == .answered(["batchItemFailures": []]))

            let reply = ReplyMail(from: "dora@mail.example", uid: uid.calendarUID(domain: TestStack.domain))
            try await test.upload(reply.bytes, to: "inbound/rsvp/\(Self.messageID)")
            #expect(try await invoke("ReceiveReplyMail", in: test) == .answered(.null))
            let dora = try await test.call("GET", "/event/\(event)/attendees/dora@mail.example", key: owner).body
            #expect(dora["status"] == "accepted", "\(dora.text)")

            let list = "From: ann@acme.example\r\nSubject: Guests\r\n\r\nbob@mail.example\r\n"
            try await test.upload(Array(list.utf8), to: "inbound/bulk/\(Self.messageID)")
            #expect(try await invoke("ReceiveBulkMail", in: test) == .answered(.null))
            _ = try await test.eventually("its refusal") {
                try test.sentMails(to: "ann@acme.example").first { $0.subject?.hasPrefix("List not sent") == true }
            }

            #expect(try await invoke("ProcessFeedback", in: test) == .answered(["batchItemFailures": []]))
            let suppressed = try await test.call("GET", "/system/suppressions", key: owner).body["suppressions"]
            #expect(suppressed?.array?.compactMap { $0["address"]?.string } == ["bob@example.com"])

            let secret = try await test.environment.clients.secretsManager.getSecretValue(
                id: try #require(test.stack.state.outputs["OrderSecretId"]))
            let sample = try JSON(parsing: Self.sample("OrderAPI", replacing: [:]))
            let code = Base64.encode(
                HMAC.sha256(key: Array(secret.utf8), message: Array((sample["body"]?.string ?? "").utf8)))
            let signature = try #require(sample["headers"]?["x-shopify-hmac-sha256"]?.string)
            guard case .answered(let order) = try await invoke("OrderAPI", in: test, replacing: [signature: code])
            else {
                Issue.record("OrderAPI failed")
                return
            }
            #expect(order["statusCode"] == 200 && order["body"]?.string?.contains("enrolled") == true, "\(order.text)")
            #expect(try await invoke("NotifyOrganizer", in: test) == .answered(["batchItemFailures": []]))
            #expect(try await invoke("AggregateStatistics", in: test) == .answered(["state": [:]]))
            #expect(try await test.recount(of: event)[.attendees] == 131)
        }
    }

    @Test("each function says what is wrong with a payload that is none of its own", .timeLimit(.minutes(3)))
    func malformed() async throws {
        try await TestStack.with { test in
            let lambda = test.stack.state.lambda(transport: HTTPTransport())
            let queues = ["ImportSegment", "StageAttendees", "SendInvites", "NotifyOrganizer", "ProcessFeedback"]
            let others = [
                "ReceiveEventMail", "ReceiveReplyMail", "ReceiveBulkMail", "EventAPI", "OrganizerAPI", "SystemAPI",
                "InviteAPI", "OrderAPI", "AggregateStatistics",
            ]
            func send(_ payload: String, to function: String) async throws -> InvocationText {
                let name = try #require(test.stack.state.resources[function])
                switch try await lambda.invoke(name, payload: Array(payload.utf8), timeout: .seconds(30)) {
                case .answered(let answer): return .answered(try JSON(parsing: answer))
                case .failed(let error): return .failed(try JSON(parsing: error))
                case .throttled, .timedOut: return .failed(.null)
                }
            }
            for function in queues + others {
                for payload in ["{}", "[]", "5", #"{"Records":5}"#, #"{"Records":[{"eventSource":"aws:other"}]}"#] {
                    guard case .failed(let error) = try await send(payload, to: function) else {
                        Issue.record("\(function) took \(payload)")
                        continue
                    }
                    #expect(error["errorType"]?.string?.hasPrefix("Function.") == true, "\(function): \(error.text)")
                    #expect(error["errorMessage"]?.string?.isEmpty == false, "\(function): \(error.text)")
                }
            }
            // One bad message of a batch comes back alone.
            for function in queues {
                for body in ["none", "{}", "5", #"{\"event\":\"x\"}"#] {
                    let batch =
                        "{\"Records\":[{\"messageId\":\"m1\",\"eventSource\":\"aws:sqs\",\"body\":\"\(body)\","
                        + "\"attributes\":{\"ApproximateReceiveCount\":\"1\"}}]}"
                    #expect(
                        try await send(batch, to: function)
                            == .answered(["batchItemFailures": [["itemIdentifier": "m1"]]]), "\(function): \(body)")
                }
            }
        }
    }

    private static func sample(_ function: String, replacing known: [String: String]) throws -> [UInt8] {
        let file = Project.root.appendingPathComponent("Events/\(function).json")
        var text = try String(contentsOf: file, encoding: .utf8)
        for (placeholder, value) in known { text = text.replacing(placeholder, with: value) }
        return Array(text.utf8)
    }

    private func invoke(
        _ function: String, in test: TestStack, replacing known: [String: String] = [:]
    ) async throws -> InvocationText {
        let name = try #require(test.stack.state.resources[function])
        let lambda = test.stack.state.lambda(transport: HTTPTransport())
        let payload = try Self.sample(function, replacing: known)
        switch try await lambda.invoke(name, payload: payload, timeout: .seconds(30)) {
        case .answered(let answer): return .answered(try JSON(parsing: answer))
        case .failed(let error): return .failed(try JSON(parsing: error))
        case .throttled, .timedOut: return .failed(.null)
        }
    }

    private enum InvocationText: Equatable {
        case answered(JSON)
        case failed(JSON)
    }
}
