import AWSClients
import InviteService
import MailMessage

/// What holds for an address whatever the event, and how often invitations were asked for.
extension MainTable {
    package func readPersons(_ addresses: [EmailAddress]) async throws -> [EmailAddress: Person] {
        let items = try await dynamoDB.batchGet(table: name, keys: addresses.map(Key.person))
        var persons: [EmailAddress: Person] = [:]
        for item in items {
            guard let key = item["pk"]?.string, let address = EmailAddress(String(key.dropFirst("person#".count)))
            else { continue }
            persons[address] = Person(
                isUnsubscribed: item["unsubscribed"]?.bool ?? false, isSuppressed: item["suppressed"]?.bool ?? false,
                blockedOrganizers: Set(item["blocked"]?.stringSet ?? []))
        }
        return persons
    }

    /// Keeps the time of the first request.
    package func unsubscribe(_ address: EmailAddress, now: Int64) async throws {
        try await dynamoDB.updateItem(
            DynamoDB.UpdateItem(
                table: name, key: Key.person(address),
                update: "SET unsubscribed = :true, unsubscribedAt = if_not_exists(unsubscribedAt, :now)",
                values: [":true": true, ":now": .int(now)]))
    }

    package func resubscribe(_ address: EmailAddress) async throws {
        try await dynamoDB.updateItem(
            DynamoDB.UpdateItem(
                table: name, key: Key.person(address), update: "REMOVE unsubscribed, unsubscribedAt", values: [:]))
    }

    package func unblock(_ organizer: EmailAddress, for address: EmailAddress) async throws {
        try await dynamoDB.updateItem(
            DynamoDB.UpdateItem(
                table: name, key: Key.person(address), update: "DELETE blocked :organizer",
                values: [":organizer": .ss([organizer.normalized])]))
    }

    package func block(_ organizer: EmailAddress, for address: EmailAddress) async throws {
        try await dynamoDB.updateItem(
            DynamoDB.UpdateItem(
                table: name, key: Key.person(address), update: "ADD blocked :organizer",
                values: [":organizer": .ss([organizer.normalized])]))
    }

    /// Counts up to `limit` in an hour since the epoch; false when it was reached before.
    package func admit(_ scope: RateScope, hour: Int64, limit: Int) async throws -> Bool {
        let update = DynamoDB.UpdateItem(
            table: name, key: Key.rate(scope, hour: hour), update: "ADD requests :one SET #ttl = :ttl",
            condition: "attribute_not_exists(requests) OR requests < :limit", names: ["#ttl": "ttl"],
            values: [":one": 1, ":limit": .int(limit), ":ttl": .int((hour + 2) * 3600)], isRepeatable: false)
        do {
            try await dynamoDB.updateItem(update)
            return true
        } catch let error {
            guard case .conditionFailed = error.kind else { throw error }
            return false
        }
    }
}
