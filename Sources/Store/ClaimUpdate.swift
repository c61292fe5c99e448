import AWSClients
import Audience
import InviteService
import MailMessage

/// The write that claims a recipient, and what its failure means.
enum ClaimUpdate {
    static let isOutdated = "(attribute_not_exists(replySequence) OR replySequence < :answer)"
    /// Every answer to an earlier time of the event is older than this, however late it comes.
    static let asking = "replySequence = :answer, replyStamp = :zero"
    static let forgotten = "REMOVE replied, replySent, delegate, proposal"

    /// - Parameter asksAgain: also makes an answer none that a later time of the event has outdated.
    static func request(_ claim: Claim, asksAgain: Bool, table: String) -> DynamoDB.UpdateItem {
        let event = claim.event
        var values: DynamoDB.Item = [
            ":revision": .int(event.revision), ":now": .int(claim.now), ":until": .int(claim.until),
            ":claim": .s(claim.id), ":address": .s(claim.recipient.address.description),
            ":organizer": .s(event.organizer.description), ":domain": .s(event.domain),
            ":origin": .s(claim.origin.rawValue), ":campaign": .s(claim.campaign ?? AttendeeItem.noCampaign),
            ":delivery": .s(Delivery.claimed.rawValue), ":rsvp": .s(Response.noAction.rawValue),
        ]
        var names = ["#domain": "domain"]
        var update =
            "SET lease = :until, claim = :claim, address = if_not_exists(address, :address), organizer = :organizer, "
            + "#domain = :domain, origin = if_not_exists(origin, :origin), "
            + "delivery = if_not_exists(delivery, :delivery), campaign = if_not_exists(campaign, :campaign), "
            + (asksAgain ? "rsvp = :rsvp, \(asking)" : "rsvp = if_not_exists(rsvp, :rsvp)")
        if let name = claim.recipient.name {
            update += ", #name = if_not_exists(#name, :name)"
            names["#name"] = "name"
            values[":name"] = .s(name)
        }
        var conditions = [
            "(attribute_not_exists(sentRevision) OR sentRevision < :revision)",
            "(attribute_not_exists(failedRevision) OR failedRevision < :revision)",
            "(attribute_not_exists(lease) OR lease <= :now)",
        ]
        if claim.onlyReached {
            conditions.append("(attribute_exists(sentRevision) OR attribute_exists(claim) OR origin = :shared)")
            values[":shared"] = .s(Origin.shared.rawValue)
        }
        if event.updates == .notDeclined {
            conditions.append("(attribute_not_exists(sentRevision) OR rsvp <> :declined)")
            values[":declined"] = .s(Response.declined.rawValue)
        }
        if asksAgain {
            update += " " + forgotten
            conditions.append(isOutdated)
            values[":answer"] = .int(event.answerSequence)
            values[":zero"] = 0
        }
        return DynamoDB.UpdateItem(
            table: table, key: Key.attendee(event.uid, claim.recipient.address), update: update,
            condition: conditions.joined(separator: " AND "), names: names, values: values, returnValues: .allOld,
            returnsOldOnFailure: true)
    }

    /// nil when nothing but an answer that is not outdated was in the way.
    static func result(of claim: Claim, asksAgain: Bool, failedOn item: DynamoDB.Item?) -> ClaimResult? {
        guard let item else { return claim.onlyReached ? .neverReached : .busy }
        let (event, standing) = (claim.event, AttendeeItem.standing(item))
        // The first attempt was stored and its answer lost.
        if item["claim"]?.string == claim.id { return .claimed(standing) }
        if standing.doneRevision >= event.revision { return .done(byCampaign: standing.campaign) }
        if let lease = standing.lease, lease > claim.now { return .busy }
        if claim.onlyReached, !standing.isReached {
            return standing.failedRevision == nil ? .neverReached : .done(byCampaign: standing.campaign)
        }
        if event.updates == .notDeclined, standing.sentRevision != nil, standing.response == .declined {
            return .done(byCampaign: standing.campaign)
        }
        return asksAgain ? nil : .busy
    }
}
