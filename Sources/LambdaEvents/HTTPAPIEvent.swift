import JSON

/// A request through an API Gateway HTTP API, payload format 2.0.
package struct HTTPAPIRequest: Sendable {
    package var method: String
    /// The decoded path without its query.
    package var path: String
    /// Lower-case names; repeated headers joined by commas, as API Gateway sends them.
    package var headers: [String: String]
    package var query: [String: String]
    /// The body as it came, decoded from base64 where the gateway had to encode it.
    package var body: [UInt8]
    package var sourceIP: String

    package init(
        method: String, path: String, headers: [String: String] = [:], query: [String: String] = [:],
        body: [UInt8] = [], sourceIP: String = ""
    ) {
        self.method = method
        self.path = path
        self.headers = headers
        self.query = query
        self.body = body
        self.sourceIP = sourceIP
    }

    package init(_ json: JSON) throws(PayloadError) {
        guard let http = json["requestContext"]?["http"], let method = http["method"]?.string,
            let path = http["path"]?.string ?? json["rawPath"]?.string
        else { throw PayloadError(payload: "HTTP API request (payload 2.0)", missing: "requestContext.http") }
        func strings(_ object: JSON?) -> [String: String] {
            var values: [String: String] = [:]
            for member in object?.object ?? [:] { values[member.name] = member.value.string }
            return values
        }
        var body = Array((json["body"]?.string ?? "").utf8)
        if json["isBase64Encoded"]?.bool == true { body = Base64.decode(body) ?? [] }
        self.init(
            method: method, path: path, headers: strings(json["headers"]),
            query: strings(json["queryStringParameters"]),
            body: body, sourceIP: http["sourceIp"]?.string ?? "")
    }
}

package struct HTTPAPIResponse: Sendable, Equatable {
    package var status: Int
    package var headers: [String: String]
    package var body: String

    package init(status: Int, headers: [String: String] = [:], body: String = "") {
        self.status = status
        self.headers = headers
        self.body = body
    }

    package var json: JSON {
        var members = JSONObject()
        for (name, value) in headers.sorted(by: { $0.key < $1.key }) { members[name] = .string(value) }
        return ["statusCode": .int(status), "headers": .object(members), "body": .string(body)]
    }
}
