/// Second stage of a signature: algorithm, moment, scope and the hash of the canonical request.
package struct StringToSign: Sendable {
    package static let algorithm = "AWS4-HMAC-SHA256"

    package let text: String

    package init(_ request: CanonicalRequest, timestamp: String, scope: SigningScope) {
        text = "\(StringToSign.algorithm)\n\(timestamp)\n\(scope.text)\n\(SHA256.hex(request.bytes))"
    }
}
