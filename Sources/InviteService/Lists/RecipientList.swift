import Audience
import JSON
import MailMessage

/// The stored form of a list that did not come as a file of its own: JSON lines.
enum RecipientList {
    static func encode(_ recipients: [Recipient]) -> [UInt8] {
        var bytes: [UInt8] = []
        for recipient in recipients {
            var row: JSONObject = ["email": .string(recipient.address.description)]
            row["name"] = recipient.name.map { .string($0) }
            JSON.object(row).append(to: &bytes)
            bytes.append(UInt8(ascii: "\n"))
        }
        return bytes
    }
}
