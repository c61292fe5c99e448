import InviteService
import JSON
import LambdaEvents
import MailMessage

/// An API key as the API shows it.
enum KeyDocument {
    static func of(_ stored: StoredKey) -> JSON { .object(members(of: stored)) }

    /// With the key itself, which is shown this once.
    static func of(_ new: NewKey) -> JSON {
        var members = members(of: new.stored)
        members["key"] = .string(new.text)
        return .object(members)
    }

    static func list(_ keys: [StoredKey]) -> JSON { ["keys": .array(keys.map(of))] }

    private static func members(of stored: StoredKey) -> JSONObject {
        var members: JSONObject = ["id": .string(stored.id)]
        switch stored.key.scope {
        case .organizer(let organizer):
            members["scope"] = "organizer"
            members["organizer"] = .string(organizer.normalized)
        case .owner: members["scope"] = "owner"
        }
        members["name"] = stored.key.name.map { .string($0) } ?? .null
        members["created"] = .int(stored.key.created)
        members["last_used"] = stored.key.lastUsed.map { .int($0) } ?? .null
        return members
    }
}

extension HTTPAPIRequest {
    /// The `name` in the body of a request for a new key.
    func keyName() throws(APIError) -> String? {
        guard let value = try jsonObject(example: "{\"name\":\"crawler\"}")["name"], !value.isNull else { return nil }
        guard let name = value.string, (1...APIKey.nameLimit).contains(name.utf8.count) else {
            throw .badRequest("\"name\" must be a text of 1 to \(APIKey.nameLimit) bytes.")
        }
        return name
    }
}
