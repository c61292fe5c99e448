import MailMessage
import SigV4

/// Who may use the API, and for what. Only a hash of the key itself is stored.
package struct APIKey: Sendable, Equatable {
    package enum Scope: Sendable, Equatable {
        case organizer(EmailAddress)
        /// The owner of the mail domain sees every organizer.
        case owner
    }

    package var scope: Scope
    /// What its holder calls it, at most `nameLimit` bytes.
    package var name: String?
    /// Epoch seconds.
    package var created: Int64
    /// Exact to an hour; nil before the first use.
    package var lastUsed: Int64?

    package static let nameLimit = 100

    package init(scope: Scope, name: String? = nil, created: Int64, lastUsed: Int64? = nil) {
        self.scope = scope
        self.name = name
        self.created = created
        self.lastUsed = lastUsed
    }

    /// The hash a key is stored and found under. Keys hold 160 random bits, so a plain hash cannot be searched.
    package static func hash(of key: String) -> String { SHA256.hex(Array(key.utf8)) }

    /// A new key: `cis_` and 32 base 32 digits.
    package static func generate() -> String {
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<20).map { _ in UInt8.random(in: 0...255, using: &generator) }
        return "cis_" + String(decoding: Base32.encode(bytes), as: UTF8.self)
    }

    package func allows(_ organizer: EmailAddress) -> Bool {
        switch scope {
        case .owner: true
        case .organizer(let own): own == organizer
        }
    }
}

/// A key as it is kept.
package struct StoredKey: Sendable, Equatable {
    package var hash: String
    package var key: APIKey

    package init(hash: String, key: APIKey) {
        self.hash = hash
        self.key = key
    }

    /// Names the key in lists without giving it away.
    package var id: String { String(hash.prefix(16)) }
}
