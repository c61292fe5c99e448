import AWSClients
import InviteService
import MailMessage

/// The writes of answers to attendee items. They leave the senders' attributes alone.
extension MainTable {
    private static let isNewer =
        "(attribute_not_exists(replySequence) OR replySequence < :sequence OR "
        + "(replySequence = :sequence AND replyStamp < :stamp))"

    package func record(_ answer: ReplyIntake.Answer) async throws -> ReplyIntake.RecordResult {
        let attendee = Key.attendee(answer.event.uid, answer.attendee)
        if let instance = answer.instance {
            guard try await dynamoDB.getItem(table: name, key: attendee, projection: "pk") != nil else {
                return .notInvited
            }
            try await recordReceipt(answer)
            return try await recordInstance(answer, instance: instance)
        }
        var update = "SET rsvp = :rsvp, replySequence = :sequence, replyStamp = :stamp, replied = :received"
        var values = replyValues(answer)
        if answer.isCalendarReceipt { update += ", receipt = if_not_exists(receipt, :received)" }
        if let client = answer.client {
            update += ", client = :client"
            values[":client"] = .s(client)
        }
        if let comment = answer.comment {
            update += ", #comment = :comment"
            values[":comment"] = .s(comment)
        }
        let request = DynamoDB.UpdateItem(
            table: name, key: attendee, update: update, condition: "attribute_exists(pk) AND \(Self.isNewer)",
            names: answer.comment == nil ? [:] : ["#comment": "comment"], values: values, returnsOldOnFailure: true)
        do {
            try await dynamoDB.updateItem(request)
            return .recorded
        } catch let error {
            guard case .conditionFailed(let item) = error.kind else { throw error }
            return item == nil ? .notInvited : .notNewer
        }
    }

    package func addShared(_ answer: ReplyIntake.Answer) async throws -> ReplyIntake.RecordResult {
        var item = Key.attendee(answer.event.uid, answer.attendee)
        item["address"] = .s(answer.attendee.description)
        item["name"] = answer.name.map { .s($0) }
        item["organizer"] = .s(answer.event.organizer.description)
        item["domain"] = .s(answer.event.domain)
        item["origin"] = .s(Origin.shared.rawValue)
        item["delivery"] = .s(Delivery.claimed.rawValue)
        item["rsvp"] = .s(answer.response.rawValue)
        item["replySequence"] = .int(answer.stamp.sequence)
        item["replyStamp"] = .int(answer.stamp.stamp)
        item["replied"] = .int(answer.received)
        if answer.isCalendarReceipt { item["receipt"] = .int(answer.received) }
        item["client"] = answer.client.map { .s($0) }
        item["comment"] = answer.comment.map { .s($0) }
        let put = DynamoDB.PutItem(table: name, item: item, condition: "attribute_not_exists(pk)")
        return try await isWritten(put) { _ in false } ? .recorded : .notNewer
    }

    /// Whatever the answer says, the first one from a calendar proves that a copy reached it.
    private func recordReceipt(_ answer: ReplyIntake.Answer) async throws {
        guard answer.isCalendarReceipt else { return }
        let request = DynamoDB.UpdateItem(
            table: name, key: Key.attendee(answer.event.uid, answer.attendee), update: "SET receipt = :received",
            condition: "attribute_exists(pk) AND attribute_not_exists(receipt)",
            values: [":received": .int(answer.received)])
        do {
            try await dynamoDB.updateItem(request)
        } catch let error {
            guard case .conditionFailed = error.kind else { throw error }
        }
    }

    private func recordInstance(
        _ answer: ReplyIntake.Answer, instance: Int64
    ) async throws -> ReplyIntake.RecordResult {
        let request = DynamoDB.UpdateItem(
            table: name, key: Key.instanceReply(answer.event.uid, answer.attendee, instance: instance),
            update: "SET rsvp = :rsvp, replySequence = :sequence, replyStamp = :stamp, replied = :received",
            condition: Self.isNewer, values: replyValues(answer))
        do {
            try await dynamoDB.updateItem(request)
            return .recorded
        } catch let error {
            guard case .conditionFailed = error.kind else { throw error }
            return .notNewer
        }
    }

    private func replyValues(_ answer: ReplyIntake.Answer) -> DynamoDB.Item {
        [
            ":rsvp": .s(answer.response.rawValue), ":sequence": .int(answer.stamp.sequence),
            ":stamp": .int(answer.stamp.stamp), ":received": .int(answer.received),
        ]
    }
}
