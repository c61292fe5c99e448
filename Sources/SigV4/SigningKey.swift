/// Third stage of a signature: a key that is good for one scope only, so that it may be kept for the day.
package struct SigningKey: Sendable {
    private let bytes: [UInt8]

    package init(secretAccessKey: String, scope: SigningScope) {
        let day = HMAC.sha256(key: Array("AWS4\(secretAccessKey)".utf8), message: scope.day)
        let region = HMAC.sha256(key: day, message: scope.region)
        let service = HMAC.sha256(key: region, message: scope.service)
        bytes = HMAC.sha256(key: service, message: "aws4_request")
    }

    /// Last stage: the signature, 64 lowercase hexadecimal digits.
    package func signature(of string: StringToSign) -> String {
        Hexadecimal.encode(HMAC.sha256(key: bytes, message: string.text))
    }
}

extension SigningKey: CustomStringConvertible, CustomReflectable {
    package var description: String { "SigningKey" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
