import AWSClients
import HTTPTransport
import JSON
import Testing

@Suite("SQS")
struct SQSTests {
    private let queue = "https://sqs.eu-west-1.amazonaws.com/123456789012/q"

    private func answer(taken: [Int], refused: [(Int, String, Bool)] = []) -> FakeAWS.Answer {
        .json([
            "Successful": .array(taken.map { ["Id": .string("m\($0)"), "MessageId": "x"] }),
            "Failed": .array(
                refused.map {
                    ["Id": .string("m\($0.0)"), "Code": .string($0.1), "SenderFault": .bool($0.2), "Message": "why"]
                }),
        ])
    }

    @Test("messages are sent with their delays")
    func wire() async throws {
        let fake = FakeAWS([answer(taken: [0, 1])])
        let refusals = try await fake.clients().sqs.sendMessages(
            [SQS.Message(body: "{\"a\":1}"), SQS.Message(body: "é", delaySeconds: 30)], queueURL: queue)
        #expect(refusals.isEmpty)
        #expect(
            try fake.bodies() == [
                [
                    "QueueUrl": .string(queue),
                    "Entries": [
                        ["Id": "m0", "MessageBody": "{\"a\":1}"],
                        ["Id": "m1", "MessageBody": "é", "DelaySeconds": 30],
                    ],
                ]
            ])
        #expect(fake.requests[0].header("X-Amz-Target") == "AmazonSQS.SendMessageBatch")
        #expect(fake.requests[0].header("Content-Type") == "application/x-amz-json-1.0")
    }

    @Test("a call takes ten messages and a mebibyte at most")
    func batches() async throws {
        let big = String(repeating: "x", count: 400_000)
        let huge = String(repeating: "x", count: (1 << 20) + 1)
        let messages =
            (0..<23).map { SQS.Message(body: "\($0)") } + [big, big, big, huge, "end"].map { SQS.Message(body: $0) }
        let fake = FakeAWS([
            answer(taken: Array(0..<10)), answer(taken: Array(10..<20)), answer(taken: [20, 21, 22, 23, 24]),
            answer(taken: [25]), answer(taken: [26]), answer(taken: [27]),
        ])
        #expect(try await fake.clients().sqs.sendMessages(messages, queueURL: queue).isEmpty)
        #expect(try fake.bodies().map { $0["Entries"]?.array?.count } == [10, 10, 5, 1, 1, 1])
    }

    @Test("entries refused for a passing reason are sent again alone, others are reported")
    func refused() async throws {
        let fake = FakeAWS([
            answer(taken: [0], refused: [(1, "InternalError", false), (2, "InvalidMessageContents", true)]),
            answer(taken: [1]),
        ])
        let messages = ["a", "b", "c"].map { SQS.Message(body: $0) }
        let refusals = try await fake.clients().sqs.sendMessages(messages, queueURL: queue)
        #expect(refusals.map(\.index) == [2])
        #expect(refusals.first?.error.code == "InvalidMessageContents")
        #expect(refusals.first?.error.isRetryable == false)
        #expect(try fake.bodies()[1]["Entries"] == [["Id": "m1", "MessageBody": "b"]])
    }

    @Test("nothing counts as sent that the answer does not name")
    func unaccounted() async throws {
        let fake = FakeAWS([FakeAWS.Answer](repeating: .json([:]), count: 4))
        let refusals = try await fake.clients().sqs.sendMessages(
            [SQS.Message(body: "a"), SQS.Message(body: "b")], queueURL: queue)
        #expect(refusals.map(\.index) == [0, 1])
        #expect(fake.requests.count == 4)
    }

    @Test("a call that fails costs its own messages only")
    func oneCallFails() async throws {
        let fake = FakeAWS([answer(taken: Array(0..<10)), .error("AWS.SimpleQueueService.NonExistentQueue")])
        let messages = (0..<12).map { SQS.Message(body: "\($0)") }
        let refusals = try await fake.clients().sqs.sendMessages(messages, queueURL: queue)
        #expect(refusals.map(\.index) == [10, 11])
        #expect(refusals.allSatisfy { $0.error.kind == .client })
        let single = try FakeAWS([.error("AccessDenied", status: 403)]).clients().sqs
        let error = await awsError { () throws(AWSError) in
            try await single.sendMessage(SQS.Message(body: "a"), queueURL: queue)
        }
        #expect(error?.code == "AccessDenied")
    }
}
