import HTTPTransport
import JSON

extension AWSClient {
    /// Calls an operation of the JSON protocol (DynamoDB, SQS, Secrets Manager) and parses its answer.
    ///
    /// - Parameters:
    ///   - target: what stands before the dot in `X-Amz-Target`.
    ///   - version: of the protocol, `1.0` or `1.1`.
    func call(
        _ operation: String, target: String, version: String = "1.0", _ input: JSONObject,
        repetition: AWSRequest.Repetition = .always
    ) async throws(AWSError) -> JSON {
        let request = AWSRequest(
            operation: operation,
            headers: [
                HTTPHeader("Content-Type", "application/x-amz-json-\(version)"),
                HTTPHeader("X-Amz-Target", "\(target).\(operation)"),
            ],
            body: JSON.object(input).bytes, repetition: repetition)
        return try parse(try await send(request), operation: operation)
    }

    /// The body of a success, which may be empty.
    func parse(_ response: HTTPResponse, operation: String) throws(AWSError) -> JSON {
        if response.body.isEmpty { return [:] }
        do throws(JSONError) {
            return try JSON(parsing: response.body)
        } catch let error {
            throw malformed(operation, "\(error)")
        }
    }

    /// The service answered with success, but not in a form we can read: what was asked for has been done.
    func malformed(_ operation: String, _ message: String) -> AWSError {
        error(operation, code: "MalformedResponse", message: message, kind: .unknownOutcome)
    }
}
