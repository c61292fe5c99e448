import SigV4

/// What a webhook's deliveries are signed with: `whsec_` and 32 random bytes in base 64.
package struct WebhookSecret: Sendable, Equatable {
    package let text: String
    private let key: [UInt8]

    private static let prefix = "whsec_"

    package static func generate() -> WebhookSecret {
        var generator = SystemRandomNumberGenerator()
        return WebhookSecret(key: (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) })
    }

    /// nil unless it has the form of a secret.
    package init?(_ text: String) {
        guard text.hasPrefix(Self.prefix), let key = Base64.decode(String(text.dropFirst(Self.prefix.count))),
            key.count >= 24
        else { return nil }
        self.text = text
        self.key = key
    }

    private init(key: [UInt8]) {
        self.key = key
        text = Self.prefix + Base64.encode(key)
    }

    /// `v1,` and the HMAC-SHA-256 of `id.timestamp.body`, as receivers of Standard Webhooks check it.
    package func signature(id: String, timestamp: Int64, body: [UInt8]) -> String {
        let code = HMAC.sha256(key: key, message: Array("\(id).\(timestamp).".utf8) + body)
        return "v1," + Base64.encode(code)
    }
}
