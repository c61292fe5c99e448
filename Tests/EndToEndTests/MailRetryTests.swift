import Foundation
import JSON
import LocalCloud
import Testing

@Suite("Inbound mail whose function failed", .enabled(if: Project.isReady, "\(Project.hint)"))
struct MailRetryTests {
    @Test(
        "is tried again until it is taken, whichever function it is for", .timeLimit(.minutes(3)),
        arguments: [
            ("ReceiveEventMail", "EventMailRetries", "create"), ("ReceiveBulkMail", "BulkMailRetries", "bulk"),
        ])
    func retried(function: String, queue: String, mailbox: String) async throws {
        try await TestStack.with(parameters: ["MailRetrySeconds": "2"]) { test in
            let state = test.stack.state
            let lambda = state.lambda(transport: test.transport)
            let sample = Project.root.appendingPathComponent("Events/\(function).json")
            let payload = [UInt8](try Data(contentsOf: sample))
            let messageID = try #require(
                try JSON(parsing: payload)["Records"]?[0]?["ses"]?["mail"]?["messageId"]?.string)
            // The mail is not there yet, neither now nor when Lambda itself tries again.
            try await lambda.invokeAsynchronously(try #require(state.resources[function]), payload: payload)
            let aws = LocalAWS(
                endpoint: state.endpoint, region: state.region, credentials: state.credentials,
                transport: test.transport)
            let url = try #require(state.resources[queue])
            _ = try await test.eventually("the receipt in the queue") {
                let names = ["", "Delayed", "NotVisible"].map { "ApproximateNumberOfMessages\($0)" }
                let attributes = try await aws.json(
                    "sqs", target: "AmazonSQS.GetQueueAttributes",
                    ["QueueUrl": .string(url), "AttributeNames": .array(names.map { .string($0) })])["Attributes"]
                return names.contains { attributes?[$0]?.string.flatMap { Int($0) } ?? 0 > 0 } ? true : nil
            }
            #expect(try test.sentMails(to: "ann@acme.example").isEmpty)
            // Neither an invitation nor a list: each function has something to say about it.
            let mail = "From: Ann <ann@acme.example>\r\nMessage-ID: <1@acme.example>\r\nSubject: Hello\r\n\r\nHello\r\n"
            try await test.upload(Array(mail.utf8), to: "inbound/\(mailbox)/\(messageID)")
            _ = try await test.eventually("the organizer's answer") {
                try test.sentMails(to: "ann@acme.example").first
            }
        }
    }
}
