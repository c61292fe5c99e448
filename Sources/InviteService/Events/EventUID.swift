import MailMessage
import SigV4

/// Names an event: 40 lowercase hexadecimal digits.
///
/// Derived, not drawn: the same invitation from the same organizer always gives the same event, which makes creation
/// idempotent, and nobody without the secret can make another's.
package struct EventUID: Sendable, Hashable, CustomStringConvertible {
    package static let byteCount = 20
    private let text: String

    /// Accepts exactly 40 hexadecimal digits, upper case too.
    package init?(_ text: some StringProtocol) {
        let lower = text.lowercased()
        guard lower.utf8.count == 2 * Self.byteCount,
            lower.utf8.allSatisfy({ ($0 >= 0x30 && $0 <= 0x39) || ($0 >= 0x61 && $0 <= 0x66) })
        else { return nil }
        self.text = lower
    }

    /// The event that this organizer's calendar client calls `clientUID` (RFC 5545 section 3.8.4.7).
    package init(organizer: EmailAddress, clientUID: String, secret: [UInt8]) {
        // The zero byte keeps ("a", "bc") apart from ("ab", "c"); neither part can hold one.
        let message = Array(organizer.normalized.utf8) + [0] + Array(clientUID.utf8)
        text = Hexadecimal.encode(Array(HMAC.sha256(key: secret, message: message).prefix(Self.byteCount)))
    }

    init(bytes: some Sequence<UInt8>) { text = Hexadecimal.encode(Array(bytes)) }

    package var description: String { text }

    var bytes: [UInt8] {
        func digit(_ byte: UInt8) -> UInt8 { byte < 0x3A ? byte - 0x30 : byte - 0x57 }
        let digits = Array(text.utf8)
        return stride(from: 0, to: digits.count, by: 2).map { digit(digits[$0]) << 4 | digit(digits[$0 + 1]) }
    }

    /// The UID property of every calendar object sent for this event.
    package func calendarUID(domain: String) -> String { "\(text)@\(domain)" }

    /// The event of a UID property that this server wrote; nil for any other.
    package init?(calendarUID: String) {
        guard let at = calendarUID.firstIndex(of: "@") else { return nil }
        self.init(calendarUID[..<at])
    }
}

extension EventUID {
    /// The first word of a text, of its first 64 KiB, that is a UID.
    static func first(in text: String) -> EventUID? {
        let words = text.utf8.prefix(64 << 10).split { byte in
            !(0x30...0x39).contains(byte) && !(0x41...0x5A).contains(byte) && !(0x61...0x7A).contains(byte)
        }
        return words.lazy.compactMap { EventUID(String(decoding: Array($0), as: UTF8.self)) }.first
    }
}
