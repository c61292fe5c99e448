import JSON

/// What is answered.
package struct ServedResponse: Sendable {
    package var status: Int
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]
    /// Closes the connection without a byte: for a client, an answer that got lost.
    package var isAbandoned = false

    package init(status: Int, headers: [(String, String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers.map { (name: $0.0, value: $0.1) }
        self.body = body
    }

    package static func json(_ value: JSON, status: Int = 200, headers: [(String, String)] = []) -> ServedResponse {
        ServedResponse(status: status, headers: [("content-type", "application/json")] + headers, body: value.bytes)
    }

    package static var abandoned: ServedResponse {
        var response = ServedResponse(status: 500)
        response.isAbandoned = true
        return response
    }
}
