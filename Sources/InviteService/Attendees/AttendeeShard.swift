import MailMessage
import SigV4

/// The partition an attendee's record lives in. Sixteen of them let one event take sixteen times the writes of one
/// DynamoDB partition (1,000 a second).
package enum AttendeeShard {
    package static let count = 16

    package static func of(_ address: EmailAddress) -> Int {
        Int(SHA256.hash(Array(address.normalized.utf8))[0]) % count
    }
}
