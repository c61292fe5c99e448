import Synchronization
import TestSupport

/// A Runtime API that hands out the given events, then ends the loop with 410, and records all that is posted.
final class FakeRuntimeAPI: Sendable {
    struct Invocation {
        var event: String
        var headers: [(String, String)] = []
        /// The status that the answer to this invocation gets.
        var answerStatus = 202
    }

    let server: LoopbackServer

    init(_ invocations: [Invocation]) throws {
        let next = Mutex(0)
        server = try LoopbackServer { request in
            if request.target.hasSuffix("/invocation/next") {
                let index = next.withLock { index in
                    defer { index += 1 }
                    return index
                }
                guard index < invocations.count else { return .response(status: 410) }
                let headers = [
                    ("Lambda-Runtime-Aws-Request-Id", "request-\(index)"),
                    ("Lambda-Runtime-Deadline-Ms", "4102444800000"),
                    ("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:eu-west-1:1:function:f"),
                ]
                return .response(
                    status: 200, headers: headers + invocations[index].headers, body: invocations[index].event)
            }
            let index = next.withLock { $0 - 1 }
            return .response(
                status: invocations.indices.contains(index) ? invocations[index].answerStatus : 202,
                body: "{\"status\":\"OK\"}")
        }
    }

    /// What was posted, in order: target, body, error type.
    var posts: [(target: String, body: String, errorType: String?)] {
        server.requests.filter { $0.method == "POST" }
            .map { ($0.target, $0.text, $0.header("Lambda-Runtime-Function-Error-Type")) }
    }
}
