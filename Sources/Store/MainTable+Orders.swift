import AWSClients
import InviteService
import MailMessage

extension MainTable {
    /// False when the order was taken before.
    package func enrol(_ enrolment: Enrolment) async throws -> Bool {
        var order = Key.order(enrolment.order)
        order["organizer"] = .s(enrolment.organizer.normalized)
        order["time"] = .int(enrolment.time)
        let organizer = DynamoDB.UpdateItem(
            table: name, key: Key.organizer(enrolment.organizer),
            update: "SET subscription = :order, subscribed = :now, #bulk = :true, inviteLimit = :invites, "
                + "eventLimit = :events, lastModified = :now",
            names: ["#bulk": "bulk"],
            values: [
                ":order": .s(enrolment.order), ":now": .int(enrolment.time), ":true": true,
                ":invites": .int(enrolment.invitesPerEvent), ":events": .int(enrolment.events),
            ])
        let put = DynamoDB.PutItem(table: name, item: order, condition: "attribute_not_exists(pk)")
        do {
            try await dynamoDB.transactWrite([.put(put), .update(organizer)])
            return true
        } catch let error {
            guard case .transactionCanceled(let reasons) = error.kind, reasons.first?.isConditionFailure == true else {
                throw error
            }
            return false
        }
    }
}
