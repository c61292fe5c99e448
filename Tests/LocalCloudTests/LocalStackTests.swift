import Foundation
import HTTPTransport
import JSON
import LocalCloud
import Testing

@Suite(
    "The local stack", .serialized,
    .enabled(if: StackBench.isMiniStackInstalled, "MiniStack is not there; Scripts/python-tools installs it"))
struct LocalStackTests {
    private let transport = HTTPTransport()

    private func get(_ url: String) async throws -> JSON {
        let response = try await transport.send(HTTPRequest(url: url, deadline: .now + .seconds(30)))
        return try JSON(parsing: response.body)
    }

    private func aws(_ stack: LocalStack) -> LocalAWS {
        LocalAWS(
            endpoint: stack.state.endpoint, region: stack.state.region, credentials: stack.state.credentials,
            transport: transport)
    }

    private func putItem(_ key: String, _ stack: LocalStack) async throws {
        try await aws(stack).json(
            "dynamodb", target: "DynamoDB_20120810.PutItem",
            ["TableName": .string(stack.state.outputs["Table"] ?? ""), "Item": ["pk": ["S": .string(key)]]])
    }

    private func isChange(of key: String) -> (JSON) -> Bool {
        { event in
            event["Records"]?.array?.contains { $0["dynamodb"]?["Keys"]?["pk"]?["S"]?.string == key } ?? false
        }
    }

    @Test("requests, mail, queues and table changes reach the function; nothing is left after the stop")
    func everyDoor() async throws {
        setenv("CALINVITE_TEST_LEAK", "1", 1)
        let bench = try StackBench()
        let stack = try await bench.start()

        let answer = try await get("\(stack.state.gateway)/echo/ann?x=1")
        #expect(answer["event"]?["pathParameters"]?["name"] == "ann")
        let environment = try #require(answer["environment"])
        #expect(environment["AWS_ENDPOINT_URL_SESV2"]?.string == stack.state.mailEndpoint)
        #expect(environment["AWS_ENDPOINT_URL"]?.string == stack.state.endpoint)
        #expect(environment["CALINVITE_TEST_LEAK"] == nil)
        #expect(environment["SECRET"]?.string?.hasPrefix("arn:aws:secretsmanager:") == true)

        let message = Array("From: ann@example.net\r\nSubject: x\r\n\r\nbody\r\n".utf8)
        let door = MailDoor(state: stack.state)
        let id = try await door.deliver(message, to: ["create+x@\(stack.state.mailDomain)"], verdicts: ["spf=FAIL"])
        let mail = try await bench.event { $0["Records"]?[0]?["ses"] != nil }
        #expect(mail?["Records"]?[0]?["ses"]?["mail"]?["messageId"]?.string == id)
        let stored = try await ObjectStore(aws: aws(stack)).get(
            bucket: stack.state.resources["Bucket"] ?? "", key: "inbound/\(id)")
        #expect(stored.suffix(message.count) == message[...])
        await #expect(throws: MailDoorError.self) { try await door.deliver(message, to: ["a@example.org"]) }

        try await putItem("first", stack)
        #expect(try await bench.event(where: isChange(of: "first")) != nil)
        try await aws(stack).json(
            "sqs", target: "AmazonSQS.SendMessage",
            ["QueueUrl": .string(stack.state.resources["Queue"] ?? ""), "MessageBody": "job"])
        #expect(try await bench.event { $0["Records"]?[0]?["body"] == "job" } != nil)

        let running = stack.processes.all()
        #expect(!running.isEmpty && running.allSatisfy { $0.function == stack.state.resources["Echo"] })
        for process in running { kill(process.id, SIGKILL) }
        // A request that meets the dying process is answered with 502, as API Gateway does; the next one is served.
        let again = try await bench.eventually {
            try await get("\(stack.state.gateway)/echo/again")["event"]?["pathParameters"]?["name"]
        }
        #expect(again == "again")

        await #expect(throws: StackDirectoryError.self) { try await bench.start() }
        await stack.stop()
        #expect(!stack.isRunning)
        // A killed process takes its time on a busy machine.
        let left = try await bench.eventually { stack.processes.all().isEmpty ? 0 : nil }
        #expect(left == 0)
        bench.remove()
    }

    @Test("a clean stop keeps everything, and streams are read on after the restart")
    func persistence() async throws {
        let bench = try StackBench()
        let first = try await bench.start(keepsState: true)
        for number in 0..<5 { try await putItem("before-\(number)", first) }
        await first.stop()
        #expect(bench.journal().contains(where: isChange(of: "before-4")))

        let second = try await bench.start(keepsState: true)
        #expect(second.state.gateway == first.state.gateway)
        #expect(second.state.endpoint == first.state.endpoint)
        let item = try await aws(second).json(
            "dynamodb", target: "DynamoDB_20120810.GetItem",
            ["TableName": .string(second.state.outputs["Table"] ?? ""), "Key": ["pk": ["S": "before-0"]]])
        #expect(item["Item"] != nil)
        try await putItem("after", second)
        #expect(try await bench.event(where: isChange(of: "after")) != nil)
        try await aws(second).json(
            "sqs", target: "AmazonSQS.SendMessage",
            ["QueueUrl": .string(second.state.resources["Queue"] ?? ""), "MessageBody": "after"])
        #expect(try await bench.event { $0["Records"]?[0]?["body"] == "after" } != nil)
        let timeToLive = try await aws(second).json(
            "dynamodb", target: "DynamoDB_20120810.DescribeTimeToLive",
            ["TableName": .string(second.state.outputs["Table"] ?? "")])
        #expect(timeToLive["TimeToLiveDescription"]?["AttributeName"] == "expires")
        await second.stop()
        bench.remove()
    }

    @Test("a template that cannot be deployed says why and leaves nothing running")
    func failure() async throws {
        let bench = try StackBench()
        try FileManager.default.removeItem(at: bench.folder.appendingPathComponent("build/Echo"))
        await #expect(throws: DeploymentError.self) { try await bench.start() }
        bench.remove()
    }
}
