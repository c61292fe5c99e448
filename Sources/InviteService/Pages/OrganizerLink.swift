import MailMessage
import SigV4

/// What the address of an organizer's public page ends with: proof that this server wrote it, so that nobody finds out
/// by guessing who organizes what. One key-id character, then base 32 of the MAC's 10 bytes and the address.
package struct OrganizerLink: Sendable, Equatable {
    package let organizer: EmailAddress

    private static let macLength = 10

    package static func text(_ organizer: EmailAddress, secret: ServiceSecret) -> String {
        let id = secret.currentKeyID
        let address = Array(organizer.normalized.utf8)
        guard let key = secret.pageKey(id: id) else { return "" }
        return String(decoding: [id] + Base32.encode(mac(address, key: key) + address), as: UTF8.self)
    }

    /// nil unless this server made the link.
    package init?(_ text: String, secret: ServiceSecret) {
        guard text.utf8.count <= 600, let id = text.utf8.first, let key = secret.pageKey(id: id),
            let bytes = Base32.decode(text.utf8.dropFirst()), bytes.count > Self.macLength
        else { return nil }
        let address = Array(bytes.dropFirst(Self.macLength))
        guard ConstantTime.equal(Array(bytes.prefix(Self.macLength)), Self.mac(address, key: key)),
            let written = String(validating: address, as: UTF8.self), let organizer = EmailAddress(written)
        else { return nil }
        self.organizer = organizer
    }

    private static func mac(_ address: [UInt8], key: [UInt8]) -> [UInt8] {
        Array(HMAC.sha256(key: key, message: Array("organizer\0".utf8) + address).prefix(macLength))
    }
}
