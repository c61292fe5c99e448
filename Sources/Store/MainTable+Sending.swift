import AWSClients
import Audience
import InviteService
import MailMessage

/// The senders' writes to attendee items: claim, outcome, release. They leave the answer's attributes alone.
extension MainTable {
    package func claim(_ claim: Claim) async throws -> ClaimResult {
        let event = claim.event
        var values: DynamoDB.Item = [
            ":revision": .int(event.revision), ":now": .int(claim.now), ":until": .int(claim.until),
            ":claim": .s(claim.id), ":address": .s(claim.recipient.address.description),
            ":organizer": .s(event.organizer.description), ":domain": .s(event.domain),
            ":origin": .s(claim.origin.rawValue),
            ":delivery": .s(Delivery.claimed.rawValue), ":rsvp": .s(Response.noAction.rawValue),
        ]
        var names = ["#name": "name", "#domain": "domain"]
        var update =
            "SET lease = :until, claim = :claim, address = if_not_exists(address, :address), organizer = :organizer, "
            + "#domain = :domain, origin = if_not_exists(origin, :origin), "
            + "delivery = if_not_exists(delivery, :delivery), rsvp = if_not_exists(rsvp, :rsvp)"
        if let campaign = claim.campaign {
            update += ", campaign = if_not_exists(campaign, :campaign)"
            values[":campaign"] = .s(campaign)
        }
        if let name = claim.recipient.name {
            update += ", #name = if_not_exists(#name, :name)"
            values[":name"] = .s(name)
        } else {
            names["#name"] = nil
        }
        let request = DynamoDB.UpdateItem(
            table: name, key: Key.attendee(event.uid, claim.recipient.address), update: update,
            condition: "(attribute_not_exists(sentRevision) OR sentRevision < :revision) AND "
                + "(attribute_not_exists(failedRevision) OR failedRevision < :revision) AND "
                + "(attribute_not_exists(lease) OR lease <= :now)",
            names: names, values: values, returnsOldOnFailure: true)
        do {
            try await dynamoDB.updateItem(request)
            return .claimed
        } catch let error {
            guard case .conditionFailed(let item) = error.kind else { throw error }
            guard let item else { return .busy }
            // The first attempt was stored and its answer lost.
            if item["claim"]?.string == claim.id { return .claimed }
            let reached = max(item["sentRevision"]?.int ?? 0, item["failedRevision"]?.int ?? 0)
            return reached >= event.revision ? .done(byCampaign: item["campaign"]?.string) : .busy
        }
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

    package func release(_ claim: Claim) async throws {
        try await close(claim, update: "REMOVE lease, claim", values: [:])
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
