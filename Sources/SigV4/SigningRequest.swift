/// What is signed of an HTTP request.
package struct SigningRequest: Sendable {
    package typealias Header = (name: String, value: String)

    /// What the signature says about the body.
    package enum Payload: Sendable, Hashable {
        /// Lowercase hexadecimal SHA-256 of the body.
        case hash(String)
        /// The body is not covered; S3 accepts this over TLS and in presigned URLs.
        case unsigned

        package static let empty = Payload.hash(SHA256.hexOfEmpty)

        package static func bytes(_ body: [UInt8]) -> Payload { body.isEmpty ? .empty : .hash(SHA256.hex(body)) }

        var text: String {
            switch self {
            case .hash(let hex): hex
            case .unsigned: "UNSIGNED-PAYLOAD"
            }
        }
    }

    package var method: String
    /// As sent, percent-encoded; empty means `/`.
    package var path: String
    /// As sent, without the question mark.
    package var query: String
    /// Every header that is sent and known before signing, `Host` among them; those the signer itself adds must not be
    /// here.
    package var headers: [Header]
    package var payload: Payload

    package init(method: String, path: String, query: String = "", headers: [Header], payload: Payload = .empty) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.payload = payload
    }
}
