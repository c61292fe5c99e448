import Foundation
import JSON

/// What a function is invoked with for a request: payload format 2.0 of HTTP APIs.
package struct ProxyEvent: Sendable {
    package let accountID: String
    package let apiID: String

    package init(accountID: String, apiID: String) {
        self.accountID = accountID
        self.apiID = apiID
    }

    /// - Parameters:
    ///   - path: as API Gateway has it: decoded.
    ///   - milliseconds: since the epoch.
    package func json(
        for request: ServedRequest, path: String, route: GatewayRoute, parameters: [(name: String, value: String)],
        requestID: String, milliseconds: Int
    ) -> JSON {
        var event: JSONObject = [
            "version": "2.0", "routeKey": .string(route.key), "rawPath": .string(path),
            "rawQueryString": .string(request.query),
        ]
        let cookies = request.headers.filter { $0.name.lowercased() == "cookie" }.flatMap { header in
            header.value.split(separator: ";").map { MailboxText.trimmed(String($0)) }
        }
        if !cookies.isEmpty { event["cookies"] = .array(cookies.map { .string($0) }) }
        event["headers"] = headers(of: request, milliseconds: milliseconds)
        let query = ProxyEvent.joined(request.queryItems)
        if !query.isEmpty { event["queryStringParameters"] = .object(query) }
        event["requestContext"] = context(
            of: request, path: path, route: route, requestID: requestID, milliseconds: milliseconds)
        if !parameters.isEmpty { event["pathParameters"] = .object(ProxyEvent.joined(parameters)) }
        if request.body.isEmpty {
            event["isBase64Encoded"] = false
        } else if ProxyEvent.isText(request.header("content-type")), let text = String(validating: request.body) {
            event["body"] = .string(text)
            event["isBase64Encoded"] = false
        } else {
            event["body"] = .string(Data(request.body).base64EncodedString())
            event["isBase64Encoded"] = true
        }
        return .object(event)
    }

    private func headers(of request: ServedRequest, milliseconds: Int) -> JSON {
        let hopByHop: Set<String> = ["cookie", "connection", "keep-alive", "transfer-encoding", "expect"]
        var headers = ProxyEvent.joined(
            request.headers.map { ($0.name.lowercased(), $0.value) }.filter { !hopByHop.contains($0.0) })
        headers["content-length"] = .string(String(request.body.count))
        headers["x-amzn-trace-id"] = .string("Root=\(Identifiers.trace(milliseconds: milliseconds))")
        let forwarded = headers["x-forwarded-for"]?.string.map { "\($0), " } ?? ""
        headers["x-forwarded-for"] = .string(forwarded + request.remoteAddress)
        headers["x-forwarded-proto"] = "http"
        headers["x-forwarded-port"] = .string(request.header("host")?.split(separator: ":").last.map(String.init) ?? "")
        return .object(headers)
    }

    private func context(
        of request: ServedRequest, path: String, route: GatewayRoute, requestID: String, milliseconds: Int
    ) -> JSON {
        let host = request.header("host") ?? "127.0.0.1"
        return [
            "accountId": .string(accountID), "apiId": .string(apiID), "domainName": .string(host),
            "domainPrefix": .string(host.split(separator: ".").first.map(String.init) ?? host),
            "http": [
                "method": .string(request.method), "path": .string(path), "protocol": "HTTP/1.1",
                "sourceIp": .string(request.remoteAddress), "userAgent": .string(request.header("user-agent") ?? ""),
            ],
            "requestId": .string(requestID), "routeKey": .string(route.key), "stage": "$default",
            "time": .string(Timestamp.commonLog(milliseconds: milliseconds)), "timeEpoch": .int(milliseconds),
        ]
    }

    /// The values of a name given several times are joined by commas.
    private static func joined(_ pairs: [(name: String, value: String)]) -> JSONObject {
        var object = JSONObject()
        for (name, value) in pairs {
            object[name] = .string(object[name]?.string.map { "\($0),\(value)" } ?? value)
        }
        return object
    }

    /// The content types API Gateway takes for text. A form is not among them, nor is a body without a type: both come
    /// in base64.
    private static func isText(_ contentType: String?) -> Bool {
        let type = MailboxText.trimmed(String((contentType ?? "").prefix { $0 != ";" })).lowercased()
        return type.hasPrefix("text/")
            || ["application/json", "application/javascript", "application/xml"].contains(type)
    }
}

extension String {
    /// The text of bytes that are UTF-8, else nil.
    fileprivate init?(validating bytes: [UInt8]) {
        self.init(validating: bytes, as: UTF8.self)
    }
}
