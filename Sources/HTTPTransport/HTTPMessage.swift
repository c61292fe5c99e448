package struct HTTPHeader: Sendable, Hashable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

package struct HTTPRequest: Sendable {
    package var method: String
    /// Absolute `http` or `https` URL, percent-encoded as it goes on the wire.
    package var url: String
    package var headers: [HTTPHeader]
    package var body: [UInt8]
    /// When to give up; nil waits for ever, as `/runtime/invocation/next` demands.
    package var deadline: ContinuousClock.Instant?
    /// Whether a pooled connection that turns out dead after the request was written may be replaced by a new one and
    /// the request written again. False where doing it twice does harm: the outcome is then reported as unknown.
    package var isRepeatable: Bool
    /// The IP address to connect to, an IPv6 one in brackets; nil asks the resolver for the URL's host. Certificates are
    /// checked for the URL's host either way.
    package var address: String?

    package init(
        method: String = "GET", url: String, headers: [HTTPHeader] = [], body: [UInt8] = [],
        deadline: ContinuousClock.Instant? = nil, isRepeatable: Bool = true, address: String? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.deadline = deadline
        self.isRepeatable = isRepeatable
        self.address = address
    }
}

package struct HTTPResponse: Sendable {
    package var status: Int
    package var headers: [HTTPHeader]
    package var body: [UInt8]

    package init(status: Int, headers: [HTTPHeader] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The first header of that name, compared without case (RFC 9110 section 5.1).
    package func header(_ name: String) -> String? {
        headers.first { equalIgnoringASCIICase($0.name, name) }?.value
    }
}

private func equalIgnoringASCIICase(_ left: String, _ right: String) -> Bool {
    func lower(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }
    return left.utf8.elementsEqual(right.utf8) { lower($0) == lower($1) }
}
