import HTTPTransport
import JSON

/// The HTTP client side of the Lambda Runtime API, version 2018-06-01.
struct RuntimeAPI {
    private enum Header {
        static let requestID = "Lambda-Runtime-Aws-Request-Id"
        static let deadline = "Lambda-Runtime-Deadline-Ms"
        static let functionARN = "Lambda-Runtime-Invoked-Function-Arn"
        static let traceID = "Lambda-Runtime-Trace-Id"
        static let clientContext = "Lambda-Runtime-Client-Context"
        static let identity = "Lambda-Runtime-Cognito-Identity"
        static let tenantID = "Lambda-Runtime-Aws-Tenant-Id"
        static let errorType = "Lambda-Runtime-Function-Error-Type"
    }

    private let transport: HTTPTransport
    private let base: String

    /// - Parameter authority: `AWS_LAMBDA_RUNTIME_API`, host and port.
    init(authority: String, transport: HTTPTransport) {
        base = "http://\(authority)/2018-06-01/runtime"
        self.transport = transport
    }

    enum Next {
        case invocation(event: [UInt8], context: LambdaContext)
        /// The Runtime API answered with something that is no invocation.
        case refused(status: Int)
    }

    /// Waits for the next invocation, without a time-out: the process may be frozen for hours meanwhile.
    func next() async throws(HTTPTransportError) -> Next {
        let response = try await transport.send(HTTPRequest(url: "\(base)/invocation/next"))
        guard response.status == 200, let requestID = response.header(Header.requestID) else {
            return .refused(status: response.status)
        }
        return .invocation(
            event: response.body,
            context: LambdaContext(
                requestID: requestID,
                invokedFunctionARN: response.header(Header.functionARN) ?? "",
                deadline: instant(atEpochMilliseconds: response.header(Header.deadline)),
                traceID: response.header(Header.traceID),
                clientContext: response.header(Header.clientContext).flatMap { try? JSON(parsing: $0) },
                identity: response.header(Header.identity).flatMap { try? JSON(parsing: $0) },
                tenantID: response.header(Header.tenantID)))
    }

    func respond(to requestID: String, with answer: [UInt8]) async throws(HTTPTransportError) -> Int {
        try await post("invocation/\(requestID)/response", body: answer)
    }

    func fail(_ requestID: String, with error: FunctionError) async throws(HTTPTransportError) -> Int {
        try await post("invocation/\(requestID)/error", body: error.body, errorType: error.type)
    }

    func failInitialization(with error: FunctionError) async throws(HTTPTransportError) -> Int {
        try await post("init/error", body: error.body, errorType: error.type)
    }

    private func post(_ path: String, body: [UInt8], errorType: String? = nil) async throws(HTTPTransportError) -> Int {
        var headers = [HTTPHeader("Content-Type", "application/json")]
        if let errorType { headers.append(HTTPHeader(Header.errorType, errorType)) }
        let request = HTTPRequest(method: "POST", url: "\(base)/\(path)", headers: headers, body: body)
        return try await transport.send(request).status
    }

    private func instant(atEpochMilliseconds text: String?) -> ContinuousClock.Instant {
        // Lambda's own limit is 15 minutes; without a usable header nothing shorter can be known.
        guard let text, let milliseconds = Int64(text) else { return .now + .seconds(900) }
        return .now + .milliseconds(milliseconds - WallClock.epochMilliseconds())
    }
}
