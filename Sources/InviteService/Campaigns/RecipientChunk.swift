import Audience
import JSON
import MailMessage

/// The stored form of a chunk's recipients: a JSON array of `[address, name or null]`.
package enum RecipientChunk {
    package static func encode(_ recipients: [Recipient]) -> [UInt8] { json(recipients).bytes }

    /// Positions are kept: they are what `SendJob.remaining` counts.
    package static func decode(_ bytes: [UInt8]) throws -> [Recipient] { try recipients(try JSON(parsing: bytes)) }

    static func json(_ recipients: [Recipient]) -> JSON {
        .array(recipients.map { [.string($0.address.description), $0.name.map { .string($0) } ?? .null] })
    }

    static func recipients(_ json: JSON) throws -> [Recipient] {
        try (json.array ?? []).map { row in
            Recipient(address: try EmailAddress(parsing: row[0]?.string ?? ""), name: row[1]?.string)
        }
    }
}
