import AWSClients
import InviteService
import MailMessage

/// How many may be invited to an event; sending counts nothing.
extension MainTable {
    /// Counts one invitation outside any list; false when the limit was reached before. Whoever has a record is
    /// invited already.
    package func reserveInvite(_ event: EventUID, _ address: EmailAddress, limit: Int) async throws -> Bool {
        let known = try await dynamoDB.getItem(table: name, key: Key.attendee(event, address), projection: "pk")
        if known != nil { return true }
        let update = DynamoDB.UpdateItem(
            table: name, key: Key.inviteCount(event), update: "ADD reserved :one",
            condition: "(attribute_not_exists(reserved) AND :limit > :zero) OR reserved < :limit",
            values: [":one": 1, ":zero": 0, ":limit": .int(limit)], isRepeatable: false)
        do {
            try await dynamoDB.updateItem(update)
            return true
        } catch let error {
            guard case .conditionFailed = error.kind else { throw error }
            return false
        }
    }
}
