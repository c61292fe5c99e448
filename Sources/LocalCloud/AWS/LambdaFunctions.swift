import HTTPTransport
import JSON
import SigV4

/// The Lambda operations that the local stack and the command-line tool call.
package struct LambdaFunctions: Sendable {
    let aws: LocalAWS

    package init(aws: LocalAWS) { self.aws = aws }

    /// Invokes and waits for the answer.
    ///
    /// - Parameters:
    ///   - function: name or ARN.
    ///   - timeout: after which the answer is no longer waited for; the function goes on.
    package func invoke(_ function: String, payload: [UInt8], timeout: Duration) async throws -> InvocationAnswer {
        do {
            let response = try await send(function, payload, type: "RequestResponse", timeout: timeout)
            if response.status == 429 { return .throttled }
            try LambdaFunctions.check(response)
            return response.header("x-amz-function-error") == nil ? .answered(response.body) : .failed(response.body)
        } catch HTTPTransportError.deadlineExceeded {
            return .timedOut
        }
    }

    /// Hands the event over for asynchronous invocation, with Lambda's own two retries.
    package func invokeAsynchronously(_ function: String, payload: [UInt8]) async throws {
        try LambdaFunctions.check(await send(function, payload, type: "Event", timeout: .seconds(10)))
    }

    private func send(
        _ function: String, _ payload: [UInt8], type: String, timeout: Duration
    ) async throws -> HTTPResponse {
        try await aws.send(
            "lambda", method: "POST",
            path: "/2015-03-31/functions/\(PercentEncoding.encode(function))/invocations",
            headers: [HTTPHeader("X-Amz-Invocation-Type", type), HTTPHeader("Content-Type", "application/json")],
            body: payload, timeout: timeout, isRepeatable: false)
    }

    private static func check(_ response: HTTPResponse) throws(LocalAWSError) {
        guard response.status >= 300 else { return }
        let json = try? JSON(parsing: response.body)
        throw LocalAWSError(
            service: "lambda", operation: "Invoke", status: response.status,
            code: json?["__type"]?.string ?? response.header("x-amzn-errortype") ?? "",
            message: (json?["message"] ?? json?["Message"])?.string ?? "")
    }
}
