import AWSClients
import InviteService
import MailMessage

/// The two indexes over events, each ordered by the time of the last change.
package enum EventIndex: Sendable, Equatable {
    case organizer(EmailAddress)
    case domain(String)

    var name: String {
        switch self {
        case .organizer: "byOrganizer"
        case .domain: "byDomain"
        }
    }

    /// The attribute that is the index's partition key, and its value.
    var partition: (attribute: String, value: String) {
        switch self {
        case .organizer(let address): ("organizerKey", "organizer#\(address.normalized)")
        case .domain(let domain): ("domainKey", "domain#\(domain)")
        }
    }

    /// The key a page ended with.
    func key(of cursor: EventCursor) -> DynamoDB.Item {
        var key = Key.event(cursor.uid)
        key[partition.attribute] = .s(partition.value)
        key["lastModified"] = .int(cursor.lastModified)
        return key
    }
}

extension EventFilter {
    /// As a filter of a query; nil when everything passes.
    var expression: (text: String, names: [String: String], values: DynamoDB.Item)? {
        var clauses: [String] = []
        var names: [String: String] = [:]
        var values: DynamoDB.Item = [:]
        func add(_ attribute: String, _ comparison: String, _ placeholder: String, _ value: AttributeValue?) {
            guard let value else { return }
            clauses.append("#\(attribute) \(comparison) :\(placeholder)")
            names["#\(attribute)"] = attribute
            values[":\(placeholder)"] = value
        }
        add("status", "=", "status", status.map { .s($0.rawValue) })
        add("start", ">=", "from", startsFrom.map { .int($0) })
        add("start", "<", "before", startsBefore.map { .int($0) })
        add("lastEnd", ">", "endsAfter", endsAfter.map { .int($0) })
        add("lastEnd", "<=", "endedBy", endedBy.map { .int($0) })
        add("created", ">=", "created", createdFrom.map { .int($0) })
        return clauses.isEmpty ? nil : (clauses.joined(separator: " AND "), names, values)
    }
}
