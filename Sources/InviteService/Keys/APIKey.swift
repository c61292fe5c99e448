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
    package var created: Int64

    package init(scope: Scope, created: Int64) {
        self.scope = scope
        self.created = created
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
