import AWSClients
import InviteService
import MailMessage

/// Reads an item's attributes, saying which one is missing.
struct ItemReader {
    private let item: DynamoDB.Item
    private let kind: String

    init(_ item: DynamoDB.Item, kind: String) {
        self.item = item
        self.kind = kind
    }

    func string(_ name: String) throws(ItemError) -> String { try value(name) { $0 } }

    func address(_ name: String) throws(ItemError) -> EmailAddress { try value(name) { EmailAddress($0) } }

    func int(_ name: String) throws(ItemError) -> Int {
        guard let value = item[name]?.int else { throw ItemError(item: kind, attribute: name) }
        return value
    }

    func time(_ name: String) throws(ItemError) -> Int64 { Int64(try int(name)) }

    func value<Value>(_ name: String, _ make: (String) -> Value?) throws(ItemError) -> Value {
        guard let value = item[name]?.string.flatMap(make) else { throw ItemError(item: kind, attribute: name) }
        return value
    }

    /// The event UID in the partition key, whose parts are set apart by `#`.
    func eventUID(inKeyPart part: Int) throws(ItemError) -> EventUID {
        try value("pk") { key in
            let parts = key.split(separator: "#")
            return parts.indices.contains(part) ? EventUID(parts[part]) : nil
        }
    }
}
