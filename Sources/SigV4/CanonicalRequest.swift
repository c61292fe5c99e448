/// First stage of a signature: the request written in the one way that both sides can reproduce.
package struct CanonicalRequest: Sendable {
    package let bytes: [UInt8]
    /// Names of the signed headers, joined by `;`.
    package let signedHeaders: String

    package init(_ request: SigningRequest, options: SigningOptions) {
        let headers = CanonicalHeaders(request.headers)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(512 + headers.lines.count)
        func line(_ content: some Sequence<UInt8>) {
            bytes.append(contentsOf: content)
            bytes.append(UInt8(ascii: "\n"))
        }
        line(request.method.utf8)
        line(CanonicalPath.make(request.path, options: options).utf8)
        line(CanonicalQuery.make(request.query))
        line(headers.lines)
        line(headers.names.utf8)
        bytes.append(contentsOf: request.payload.text.utf8)
        self.bytes = bytes
        signedHeaders = headers.names
    }
}
