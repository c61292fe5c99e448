import AWSClients
import InviteService
import MailMessage

extension MainTable {
    package func readOrganizer(_ address: EmailAddress) async throws -> Organizer? {
        try await dynamoDB.getItem(table: name, key: Key.organizer(address)).map { OrganizerItem.decode($0, address) }
    }

    /// Writes what is given and leaves the rest.
    ///
    /// - Returns: all that holds then.
    package func changeOrganizer(
        _ address: EmailAddress, _ change: OrganizerChange, now: Int64
    ) async throws -> Organizer {
        let key = Key.organizer(address)
        let (update, names, values) = OrganizerItem.update(change, now: now)
        let item = try await dynamoDB.updateItem(
            DynamoDB.UpdateItem(
                table: name, key: key, update: update, names: names, values: values, returnValues: .allNew))
        return OrganizerItem.decode(item ?? [:], address)
    }
}

enum OrganizerItem {
    static func decode(_ item: DynamoDB.Item, _ address: EmailAddress) -> Organizer {
        Organizer(
            address: address, isSuspended: item["suspended"]?.bool ?? false, mayBulk: item["bulk"]?.bool ?? false,
            inviteLimit: item["inviteLimit"]?.int, eventLimit: item["eventLimit"]?.int,
            lastModified: item["lastModified"]?.int.map(Int64.init))
    }

    static func update(_ change: OrganizerChange, now: Int64) -> (
        update: String, names: [String: String], values: DynamoDB.Item
    ) {
        var set = ["lastModified = :now"]
        var remove: [String] = []
        // BULK is a reserved word.
        var names: [String: String] = [:]
        var values: DynamoDB.Item = [":now": .int(now)]
        func add(_ attribute: String, _ value: AttributeValue?) {
            guard let value else { return }
            set.append("#\(attribute) = :\(attribute)")
            names["#\(attribute)"] = attribute
            values[":\(attribute)"] = value
        }
        func add(_ attribute: String, _ limit: OrganizerChange.Limit?) {
            switch limit {
            case .atMost(let number)?: add(attribute, .int(number))
            case .standard?:
                remove.append("#\(attribute)")
                names["#\(attribute)"] = attribute
            case nil: break
            }
        }
        add("suspended", change.isSuspended.map { .bool($0) })
        add("bulk", change.mayBulk.map { .bool($0) })
        add("inviteLimit", change.inviteLimit)
        add("eventLimit", change.eventLimit)
        let removal = remove.isEmpty ? "" : " REMOVE " + remove.joined(separator: ", ")
        return ("SET " + set.joined(separator: ", ") + removal, names, values)
    }
}
