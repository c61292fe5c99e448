import AWSClients
import Audience
import InviteService
import MailMessage

/// The senders' writes to attendee items: claim, outcome, release. Of the answer they change only one that a later time
/// of the event has outdated.
extension MainTable {
    package func claim(_ claim: Claim) async throws -> ClaimResult {
        // Who answered the time before is asked again in the same write. Who has answered since keeps their answer.
        if claim.event.answerSequence > 0, let result = try await take(claim, asksAgain: true) { return result }
        return try await take(claim, asksAgain: false) ?? .busy
    }

    /// nil when the claim fails for nothing but an answer that is not outdated.
    private func take(_ claim: Claim, asksAgain: Bool) async throws -> ClaimResult? {
        do {
            let before = try await dynamoDB.updateItem(ClaimUpdate.request(claim, asksAgain: asksAgain, table: name))
            var standing = AttendeeItem.standing(before ?? [:])
            if asksAgain { standing.response = .noAction }
            return .claimed(standing)
        } catch let error {
            guard case .conditionFailed(let item) = error.kind else { throw error }
            return ClaimUpdate.result(of: claim, asksAgain: asksAgain, failedOn: item)
        }
    }

    /// In one request.
    package func readHeads(
        _ organizer: EmailAddress, campaign id: String?
    ) async throws -> InvitationSending.Heads {
        let keys = [Key.organizer(organizer)] + [id.map(Key.campaign)].compactMap(\.self)
        let items = try await dynamoDB.batchGet(table: name, keys: keys, consistent: true)
        func item(_ key: DynamoDB.Item) -> DynamoDB.Item? {
            items.first { $0["pk"] == key["pk"] && $0["sk"] == key["sk"] }
        }
        return InvitationSending.Heads(
            organizer: item(Key.organizer(organizer)).map { OrganizerItem.decode($0, organizer) },
            campaign: try id.flatMap { id in try item(Key.campaign(id)).map { try CampaignItem.decode($0, id: id) } })
    }

    package func forgetAnswer(_ event: Event, _ address: EmailAddress) async throws {
        guard event.answerSequence > 0 else { return }
        var condition = "attribute_exists(pk) AND \(ClaimUpdate.isOutdated)"
        var values: DynamoDB.Item = [
            ":rsvp": .s(Response.noAction.rawValue), ":answer": .int(event.answerSequence), ":zero": 0,
        ]
        if event.updates == .notDeclined {
            condition += " AND rsvp <> :declined"
            values[":declined"] = .s(Response.declined.rawValue)
        }
        let request = DynamoDB.UpdateItem(
            table: name, key: Key.attendee(event.uid, address),
            update: "SET rsvp = :rsvp, \(ClaimUpdate.asking) \(ClaimUpdate.forgotten)", condition: condition,
            values: values)
        do {
            try await dynamoDB.updateItem(request)
        } catch let error {
            guard case .conditionFailed = error.kind else { throw error }
        }
    }

    package func readStandings(
        _ event: EventUID, _ addresses: [EmailAddress]
    ) async throws -> [EmailAddress: Standing] {
        let items = try await dynamoDB.batchGet(
            table: name, keys: addresses.map { Key.attendee(event, $0) }, consistent: true)
        var standings: [EmailAddress: Standing] = [:]
        for item in items {
            guard let address = Key.attendeeAddress(item) else { continue }
            standings[address] = AttendeeItem.standing(item)
        }
        return standings
    }

    package func recordSent(_ claim: Claim, messageID: String, at now: Int64) async throws {
        try await close(
            claim,
            update: "SET sentRevision = :revision, delivery = :delivery, messageId = :message, "
                + "firstSent = if_not_exists(firstSent, :now) REMOVE lease, claim",
            values: [
                ":revision": .int(claim.event.revision), ":delivery": .s(Delivery.sent.rawValue),
                ":message": .s(messageID), ":now": .int(now),
            ])
    }

    package func recordFailed(_ claim: Claim, reason: String) async throws {
        try await close(
            claim,
            update: "SET failedRevision = :revision, delivery = :delivery, failure = :reason REMOVE lease, claim",
            values: [
                ":revision": .int(claim.event.revision), ":delivery": .s(Delivery.failed.rawValue),
                ":reason": .s(reason),
            ])
    }

    package func release(_ claim: Claim, _ before: Standing) async throws {
        try await close(
            claim, update: before.isOwned ? "REMOVE lease, claim" : "REMOVE lease, claim, campaign", values: [:])
    }

    /// Ends a claim if it is still held. When it is not, its lease ran out and somebody else has taken over, or this
    /// is the second attempt of a write that was stored: nothing is left to do either way.
    private func close(_ claim: Claim, update: String, values: DynamoDB.Item) async throws {
        var values = values
        values[":claim"] = .s(claim.id)
        let request = DynamoDB.UpdateItem(
            table: name, key: Key.attendee(claim.event.uid, claim.recipient.address), update: update,
            condition: "claim = :claim", values: values)
        do {
            try await dynamoDB.updateItem(request)
        } catch let error {
            guard case .conditionFailed = error.kind else { throw error }
        }
    }
}
