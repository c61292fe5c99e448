/// A request as it came in.
package struct ServedRequest: Sendable {
    package var method: String
    /// Percent-encoded, as sent.
    package var path: String
    /// Percent-encoded, as sent, without the question mark.
    package var query: String
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]
    package var remoteAddress: String

    package init(
        method: String, path: String, query: String = "", headers: [(String, String)] = [], body: [UInt8] = [],
        remoteAddress: String = "127.0.0.1"
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers.map { (name: $0.0, value: $0.1) }
        self.body = body
        self.remoteAddress = remoteAddress
    }

    /// The first header of that name, compared without case.
    package func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// The query's parameters in their order, decoded as HTML forms are: `+` is a space.
    package var queryItems: [(name: String, value: String)] {
        query.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.count > 1 ? parts[1] : ""
            return (FormDecoding.decode(parts[0]), FormDecoding.decode(value))
        }
    }

    package func queryValues(_ name: String) -> [String] { queryItems.filter { $0.name == name }.map(\.value) }
}
