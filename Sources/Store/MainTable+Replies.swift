import AWSClients
import InviteService
import MailMessage

/// The writes of answers to attendee items. They leave the senders' attributes alone.
extension MainTable {
    private static let isNewer =
        "(attribute_not_exists(replySequence) OR replySequence < :sequence OR "
        + "(replySequence = :sequence AND replyStamp < :stamp) OR "
        + "(replySequence = :sequence AND replyStamp = :stamp AND "
        + "(attribute_not_exists(replySent) OR replySent < :sent)))"

    package func readAttendee(_ event: EventUID, _ address: EmailAddress) async throws -> Attendee? {
        try await dynamoDB.getItem(table: name, key: Key.attendee(event, address), consistent: true)
            .map(AttendeeItem.decode)
    }

    package func readInstanceAnswer(
        _ event: EventUID, _ address: EmailAddress, instance: Int64
    ) async throws -> ReplyIntake.InstanceAnswer? {
        let key = Key.instanceReply(event, address, instance: instance)
        return try await dynamoDB.getItem(table: name, key: key, consistent: true).map(Self.instanceAnswer)
    }

    package func readInstanceAnswers(
        _ event: EventUID, _ address: EmailAddress, instances: [Int64]
    ) async throws -> [Int64: ReplyIntake.InstanceAnswer] {
        var answers: [Int64: ReplyIntake.InstanceAnswer] = [:]
        let keys = instances.map { Key.instanceReply(event, address, instance: $0) }
        for item in try await dynamoDB.batchGet(table: name, keys: keys, consistent: true) {
            guard let instance = item["sk"]?.string?.split(separator: "#").last.flatMap({ Int64($0) }) else { continue }
            answers[instance] = try Self.instanceAnswer(item)
        }
        return answers
    }

    private static func instanceAnswer(_ item: DynamoDB.Item) throws -> ReplyIntake.InstanceAnswer {
        let reader = ItemReader(item, kind: "instance reply")
        return ReplyIntake.InstanceAnswer(
            response: try reader.value("rsvp", Response.init(rawValue:)),
            stamp: ReplyStamp(
                sequence: try reader.int("replySequence"), stamp: try reader.time("replyStamp"),
                sent: item["replySent"]?.int.map(Int64.init) ?? 0))
    }

    package func record(_ answer: ReplyIntake.Answer) async throws -> ReplyIntake.RecordResult {
        let attendee = Key.attendee(answer.event.uid, answer.attendee)
        guard let instance = answer.instance else {
            return try await record(answer, in: attendee, onlyIf: "attribute_exists(pk) AND \(Self.isNewer)")
        }
        guard try await dynamoDB.getItem(table: name, key: attendee, projection: "pk") != nil else {
            return .notInvited
        }
        try await recordReceipt(answer)
        let key = Key.instanceReply(answer.event.uid, answer.attendee, instance: instance)
        return try await record(answer, in: key, onlyIf: Self.isNewer)
    }

    private func record(
        _ answer: ReplyIntake.Answer, in key: DynamoDB.Item, onlyIf condition: String
    ) async throws -> ReplyIntake.RecordResult {
        var update =
            "SET rsvp = :rsvp, replySequence = :sequence, replyStamp = :stamp, replySent = :sent, replied = :received"
        var values: DynamoDB.Item = [
            ":rsvp": .s(answer.response.rawValue), ":sequence": .int(answer.stamp.sequence),
            ":stamp": .int(answer.stamp.stamp), ":sent": .int(answer.stamp.sent), ":received": .int(answer.received),
        ]
        var removed: [String] = []
        func set(_ attribute: String, _ value: String, _ text: String?, keepsOld: Bool) {
            if let text {
                update += ", \(attribute) = \(value)"
                values[value] = .s(text)
            } else if !keepsOld {
                removed.append(attribute)
            }
        }
        if answer.isCalendarReceipt, answer.instance == nil {
            update += ", receipt = if_not_exists(receipt, :received)"
        }
        set("client", ":client", answer.client, keepsOld: true)
        set("#comment", ":comment", answer.comment, keepsOld: true)
        set("delegate", ":delegate", answer.delegate?.description, keepsOld: false)
        set("proposal", ":proposal", answer.proposal.map(ProposalAttribute.encode), keepsOld: false)
        if !removed.isEmpty { update += " REMOVE " + removed.joined(separator: ", ") }
        let request = DynamoDB.UpdateItem(
            table: name, key: key, update: update, condition: condition,
            names: answer.comment == nil ? [:] : ["#comment": "comment"], values: values, returnsOldOnFailure: true)
        do {
            try await dynamoDB.updateItem(request)
        } catch let error {
            guard case .conditionFailed(let item) = error.kind else { throw error }
            guard let item else { return answer.instance == nil ? .notInvited : .notNewer }
            // This very answer: its first attempt was stored, but perhaps not its trace.
            guard item["replySequence"]?.int == answer.stamp.sequence,
                item["replyStamp"]?.int == Int(answer.stamp.stamp), item["replySent"]?.int == Int(answer.stamp.sent),
                item["rsvp"]?.string == answer.response.rawValue
            else { return .notNewer }
        }
        try await keepTrace(of: answer)
        return .recorded
    }

    package func addShared(_ answer: ReplyIntake.Answer) async throws -> ReplyIntake.RecordResult {
        var item = Key.attendee(answer.event.uid, answer.attendee)
        item["address"] = .s(answer.attendee.description)
        item["name"] = answer.name.map { .s($0) }
        item["organizer"] = .s(answer.event.organizer.description)
        item["domain"] = .s(answer.event.domain)
        item["origin"] = .s(Origin.shared.rawValue)
        item["delivery"] = .s(Delivery.claimed.rawValue)
        item.merge(given(answer)) { _, new in new }
        if answer.isCalendarReceipt { item["receipt"] = .int(answer.received) }
        let put = DynamoDB.PutItem(table: name, item: item, condition: "attribute_not_exists(pk)")
        guard try await isWritten(put, unless: { _ in false }) else { return .notNewer }
        try await keepTrace(of: answer)
        return .recorded
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

    /// Lets the sender take the attendee for one who was not sent this revision; false when that was done within the
    /// hour and the mail has gone out since, or they were never sent anything.
    package func forgetSending(_ address: EmailAddress, of event: Event, now: Int64) async throws -> Bool {
        let request = DynamoDB.UpdateItem(
            table: name, key: Key.attendee(event.uid, address),
            update: "SET sentRevision = :before, refreshed = :now",
            condition: "sentRevision = :revision AND (attribute_not_exists(refreshed) OR refreshed <= :hourAgo)",
            values: [
                ":before": .int(event.revision - 1), ":revision": .int(event.revision), ":now": .int(now),
                ":hourAgo": .int(now - 3600),
            ], returnsOldOnFailure: true)
        do {
            try await dynamoDB.updateItem(request)
            return true
        } catch let error {
            guard case .conditionFailed(let item) = error.kind else { throw error }
            return item?["sentRevision"]?.int.map { $0 < event.revision } ?? false
        }
    }

    /// The history of answers, one item for each beside the attendee's; the same for each delivery of an answer.
    private func keepTrace(of answer: ReplyIntake.Answer) async throws {
        var item = Key.pastReply(answer.event.uid, answer.attendee, answer.stamp, instance: answer.instance)
        item.merge(given(answer)) { _, new in new }
        item["instance"] = answer.instance.map { .int($0) }
        try await dynamoDB.putItem(DynamoDB.PutItem(table: name, item: item))
    }

    /// The attributes of an answer.
    private func given(_ answer: ReplyIntake.Answer) -> DynamoDB.Item {
        var item: DynamoDB.Item = [
            "rsvp": .s(answer.response.rawValue), "replySequence": .int(answer.stamp.sequence),
            "replyStamp": .int(answer.stamp.stamp), "replySent": .int(answer.stamp.sent),
            "replied": .int(answer.received),
        ]
        item["client"] = answer.client.map { .s($0) }
        item["comment"] = answer.comment.map { .s($0) }
        item["delegate"] = answer.delegate.map { .s($0.description) }
        item["proposal"] = answer.proposal.map { .s(ProposalAttribute.encode($0)) }
        return item
    }
}
