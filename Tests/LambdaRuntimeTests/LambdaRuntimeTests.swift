import Foundation
import JSON
import LambdaRuntime
import Synchronization
import TestSupport
import Testing

// _X_AMZN_TRACE_ID belongs to the whole process, so these run one after another.
@Suite("Lambda runtime", .serialized, .timeLimit(.minutes(1)))
struct LambdaRuntimeTests {
    private struct BadRow: Error, CustomStringConvertible {
        var description: String
    }

    private func run(_ fake: FakeRuntimeAPI, _ handler: @escaping LambdaRuntime.Handler) async -> RuntimeLoop.Stop {
        await RuntimeLoop(authority: fake.server.authority, retryDelay: .milliseconds(1)).run { handler }
    }

    @Test("each event is handled and its answer posted under its request id")
    func answers() async throws {
        let fake = try FakeRuntimeAPI([.init(event: "{\"n\":1}"), .init(event: "{\"n\":2}")])
        let stop = await run(fake) { event, _ in ["doubled": .int((event["n"]?.int ?? 0) * 2)] }
        #expect(stop == .nextRefused(status: 410))
        #expect(
            fake.posts.map(\.target) == [
                "/2018-06-01/runtime/invocation/request-0/response",
                "/2018-06-01/runtime/invocation/request-1/response",
            ])
        #expect(fake.posts.map(\.body) == ["{\"doubled\":2}", "{\"doubled\":4}"])
    }

    @Test("deadline, ARN, trace id, client context, identity and tenant reach the handler")
    func context() async throws {
        let fake = try FakeRuntimeAPI([
            .init(
                event: "{}",
                headers: [
                    ("Lambda-Runtime-Trace-Id", "Root=1-5759e988-bd862e3fe1be46a994272793"),
                    ("Lambda-Runtime-Client-Context", "{\"client\":{\"app\":\"x\"}}"),
                    ("Lambda-Runtime-Cognito-Identity", "{\"identityId\":\"i\"}"),
                    ("Lambda-Runtime-Aws-Tenant-Id", "blue"),
                ]), .init(event: "{}"),
        ])
        let seen = Mutex<[(LambdaContext, String?)]>([])
        _ = await run(fake) { _, context in
            seen.withLock { $0.append((context, getenv("_X_AMZN_TRACE_ID").map { String(cString: $0) })) }
            return .null
        }
        let (full, fullTrace) = try #require(seen.withLock { $0.first })
        #expect(full.invokedFunctionARN == "arn:aws:lambda:eu-west-1:1:function:f")
        #expect(fullTrace == "Root=1-5759e988-bd862e3fe1be46a994272793")
        #expect(full.clientContext?["client"]?["app"] == "x")
        #expect(full.identity?["identityId"] == "i")
        #expect(full.tenantID == "blue")
        let expected = Duration.milliseconds(4_102_444_800_000 - Int64(Date().timeIntervalSince1970 * 1000))
        #expect(abs((full.deadline - .now - expected) / .seconds(1)) < 5)
        let (bare, bareTrace) = try #require(seen.withLock { $0.last })
        #expect(bareTrace == nil)
        #expect(bare.clientContext == nil && bare.identity == nil && bare.tenantID == nil)
    }

    @Test(
        "a failure is reported as valid JSON whatever its text holds, with an error type Lambda keeps",
        arguments: ["two\nlines", "a \"quoted\" \\ path", "café", "bell \u{7} nul \u{0} del \u{7f}", "😀"])
    func failures(text: String) async throws {
        let fake = try FakeRuntimeAPI([.init(event: "{}"), .init(event: "{}")])
        _ = await run(fake) { _, _ in throw BadRow(description: text) }
        let post = try #require(fake.posts.first)
        #expect(post.target.hasSuffix("/request-0/error"))
        #expect(post.errorType == "Function.LambdaRuntimeTestsBadRow")
        let body = try JSON(parsing: post.body)
        #expect(
            body == [
                "errorMessage": .string(text), "errorType": "Function.LambdaRuntimeTestsBadRow", "stackTrace": [],
            ])
        #expect(fake.posts.count == 2, "the loop goes on after a failure")
    }

    @Test("an error type is cut down to what Lambda accepts")
    func errorTypes() throws {
        enum Lower_case9: Error { case a }
        let pattern = try Regex("(Runtime|Function)\\.[A-Z][a-zA-Z]+")
        for error in [Lower_case9.a, BadRow(description: ""), CancellationError()] as [any Error] {
            #expect(try pattern.wholeMatch(in: FunctionError(error).type) != nil)
        }
    }

    @Test("an event that is not JSON fails that invocation alone")
    func badEvent() async throws {
        let fake = try FakeRuntimeAPI([.init(event: "{oops"), .init(event: "{}")])
        _ = await run(fake) { _, _ in true }
        #expect(fake.posts.map(\.target.isResponse) == [false, true])
        #expect(fake.posts.first?.errorType == "Function.JSONError")
    }

    @Test("an answer refused with 400, 403, 410 or 413 is not followed by an error, and the loop goes on")
    func refusedAnswers() async throws {
        for status in [400, 403, 410, 413] {
            let fake = try FakeRuntimeAPI([.init(event: "{}", answerStatus: status), .init(event: "{}")])
            let stop = await run(fake) { _, _ in true }
            #expect(fake.posts.map(\.target.isResponse) == [true, true])
            #expect(stop == .nextRefused(status: 410))
        }
    }

    @Test("a Runtime API that answers 500 ends the process at once")
    func brokenRuntime() async throws {
        let fake = try FakeRuntimeAPI([.init(event: "{}", answerStatus: 500), .init(event: "{}")])
        #expect(await run(fake) { _, _ in true } == .runtimeBroken)
        #expect(fake.posts.count == 1)
        let refusing = try LoopbackServer { _ in .response(status: 500) }
        #expect(await RuntimeLoop(authority: refusing.authority).run { { _, _ in true } } == .nextRefused(status: 500))
    }

    @Test("an initialisation that fails is reported before any event is asked for")
    func initializationError() async throws {
        let fake = try FakeRuntimeAPI([.init(event: "{}")])
        let stop = await RuntimeLoop(authority: fake.server.authority).run { throw BadRow(description: "no table") }
        #expect(stop == .initializationFailed)
        #expect(fake.server.requests.map(\.target) == ["/2018-06-01/runtime/init/error"])
        #expect(fake.posts.first?.errorType == "Function.LambdaRuntimeTestsBadRow")
        #expect(fake.posts.first?.body.contains("no table") == true)
    }

    @Test("warm-up is done before the first event is asked for")
    func warmUp() async throws {
        let fake = try FakeRuntimeAPI([])
        _ = await RuntimeLoop(authority: fake.server.authority).run {
            #expect(fake.server.requests.isEmpty)
            return { _, _ in true }
        }
        #expect(fake.server.requests.count == 1)
    }

    @Test("a broken connection to /next is tried again, and a missing Runtime API ends the loop")
    func brokenNext() async throws {
        let calls = Mutex(0)
        let server = try LoopbackServer { _ in
            let call = calls.withLock { calls in
                calls += 1
                return calls
            }
            return call < 3 ? .close : .response(status: 410)
        }
        let loop = RuntimeLoop(authority: server.authority, retryDelay: .milliseconds(1))
        #expect(await loop.run { { _, _ in true } } == .nextRefused(status: 410))
        let gone = try LoopbackServer { _ in .close }
        gone.stop()
        #expect(
            await RuntimeLoop(authority: gone.authority, retryDelay: .milliseconds(1)).run { { _, _ in true } }
                == .nextUnreachable)
    }
}

extension String {
    fileprivate var isResponse: Bool { hasSuffix("/response") }
}
