import MailMessage
import SigV4

/// The detail of a reply address, `rsvp+<token>@domain`: which event and which attendee a mail that comes back is about,
/// and proof that this server wrote it.
///
/// One key-id character, then base 32 of event UID (20 bytes), attendee digest (8) and MAC (8): 59 octets, so that the
/// local part keeps to the 64 octets of RFC 5321 section 4.5.3.1.1. The same event and attendee always give the same
/// token under one key, since clients send their answer to the ORGANIZER they first saw.
package struct ReplyToken: Sendable, Equatable {
    package let event: EventUID
    private let attendeeDigest: [UInt8]

    private static let digestLength = 8
    private static let macLength = 8
    static let length = 59

    package static func text(event: EventUID, attendee: EmailAddress, secret: ServiceSecret) -> String {
        let id = secret.currentKeyID
        guard let key = secret.replyTokenKey(id: id) else { return "" }
        let content = event.bytes + digest(of: attendee, key: key)
        return String(decoding: [id] + Base32.encode(content + mac(content, key: key)), as: UTF8.self)
    }

    /// nil unless this server made the token.
    package init?(_ text: some StringProtocol, secret: ServiceSecret) {
        let text = Array(text.lowercased().utf8)
        guard text.count == Self.length, let id = text.first, let key = secret.replyTokenKey(id: id),
            let bytes = Base32.decode(text.dropFirst())
        else { return nil }
        let content = Array(bytes.prefix(EventUID.byteCount + Self.digestLength))
        guard ConstantTime.equal(Array(bytes.dropFirst(content.count)), Self.mac(content, key: key)) else { return nil }
        event = EventUID(bytes: content.prefix(EventUID.byteCount))
        attendeeDigest = Array(content.suffix(Self.digestLength))
        keyID = id
    }

    private let keyID: UInt8

    /// Whether the token was made for this attendee, and not for somebody who forwarded it.
    package func belongs(to address: EmailAddress, secret: ServiceSecret) -> Bool {
        guard let key = secret.replyTokenKey(id: keyID) else { return false }
        return ConstantTime.equal(attendeeDigest, Self.digest(of: address, key: key))
    }

    private static func digest(of address: EmailAddress, key: [UInt8]) -> [UInt8] {
        Array(HMAC.sha256(key: key, message: "attendee\0\(address.normalized)").prefix(digestLength))
    }

    private static func mac(_ content: [UInt8], key: [UInt8]) -> [UInt8] {
        Array(HMAC.sha256(key: key, message: Array("token\0".utf8) + content).prefix(macLength))
    }
}
