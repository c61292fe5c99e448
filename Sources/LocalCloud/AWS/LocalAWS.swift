import Foundation
import HTTPTransport
import JSON
import SigV4

/// Signed requests to the services at one endpoint, for what only the local stack calls.
package struct LocalAWS: Sendable {
    package let endpoint: String
    package let region: String
    package let credentials: Credentials
    private let transport: HTTPTransport

    package init(endpoint: String, region: String, credentials: Credentials, transport: HTTPTransport) {
        self.endpoint = endpoint
        self.region = region
        self.credentials = credentials
        self.transport = transport
    }

    package func signed(with credentials: Credentials) -> LocalAWS {
        LocalAWS(endpoint: endpoint, region: region, credentials: credentials, transport: transport)
    }

    /// An action of a query protocol service (CloudFormation, IAM).
    func query(
        _ service: String, version: String, action: String, _ parameters: [(String, String)] = []
    ) async throws -> XMLTree {
        let form = ([("Action", action), ("Version", version)] + parameters).map { name, value in
            "\(PercentEncoding.encode(name))=\(PercentEncoding.encode(value))"
        }
        let response = try await send(
            service, method: "POST", path: "/",
            headers: [HTTPHeader("Content-Type", "application/x-www-form-urlencoded")],
            body: Array(form.joined(separator: "&").utf8))
        guard let tree = XMLTree(response.body) else {
            throw LocalAWSError(service: service, operation: action, status: response.status, code: "NotXML")
        }
        guard response.status < 300 else {
            let error = tree.first("Error")
            throw LocalAWSError(
                service: service, operation: action, status: response.status, code: error?.text(of: "Code") ?? "",
                message: error?.text(of: "Message") ?? "")
        }
        return tree
    }

    /// An action of a JSON protocol service, such as `DynamoDB_20120810.UpdateTimeToLive`.
    @discardableResult
    package func json(_ service: String, target: String, version: String = "1.0", _ body: JSON) async throws -> JSON {
        let response = try await send(
            service, method: "POST", path: "/",
            headers: [
                HTTPHeader("Content-Type", "application/x-amz-json-\(version)"), HTTPHeader("X-Amz-Target", target),
            ],
            body: body.bytes)
        return try LocalAWS.checked(response, service, target)
    }

    /// A request of a REST-JSON service (Lambda).
    @discardableResult
    func rest(_ service: String, _ method: String, _ path: String, _ body: JSON? = nil) async throws -> JSON {
        let response = try await send(
            service, method: method, path: path, headers: [HTTPHeader("Content-Type", "application/json")],
            body: body?.bytes ?? [])
        return try LocalAWS.checked(response, service, "\(method) \(path)")
    }

    /// - Parameters:
    ///   - path: percent-encoded.
    ///   - timeout: for the whole exchange.
    func send(
        _ service: String, method: String, path: String, query: String = "", headers: [HTTPHeader] = [],
        body: [UInt8] = [], timeout: Duration = .seconds(60), isRepeatable: Bool = true
    ) async throws -> HTTPResponse {
        let host = String(endpoint.drop { $0 != "/" }.dropFirst(2))
        let signer = Signer(
            credentials: credentials, region: region, service: service, options: service == "s3" ? .s3 : .standard)
        let request = SigningRequest(
            method: method, path: path, query: query,
            headers: [("Host", host)] + headers.map { (name: $0.name, value: $0.value) }, payload: .bytes(body))
        let added = signer.headers(for: request, at: Int(Date().timeIntervalSince1970))
        return try await transport.send(
            HTTPRequest(
                method: method, url: endpoint + path + (query.isEmpty ? "" : "?\(query)"),
                headers: headers + added.map { HTTPHeader($0.name, $0.value) }, body: body, deadline: .now + timeout,
                isRepeatable: isRepeatable))
    }

    private static func checked(
        _ response: HTTPResponse, _ service: String, _ operation: String
    ) throws(LocalAWSError) -> JSON {
        let json = (try? JSON(parsing: response.body)) ?? .null
        guard response.status < 300 else {
            throw LocalAWSError(
                service: service, operation: operation, status: response.status,
                code: json["__type"]?.string ?? response.header("x-amzn-errortype") ?? "",
                message: (json["message"] ?? json["Message"])?.string ?? "")
        }
        return json
    }
}

/// A refusal by a service.
package struct LocalAWSError: Error, Sendable, CustomStringConvertible {
    package let service: String
    package let operation: String
    package let status: Int
    package let code: String
    package let message: String

    init(service: String, operation: String, status: Int, code: String, message: String = "") {
        self.service = service
        self.operation = operation
        self.status = status
        self.code = code
        self.message = message
    }

    package var description: String { "\(service) \(operation): \(status) \(code) \(message)" }
}
