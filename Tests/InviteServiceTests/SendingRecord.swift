import InviteService
import MailMessage

extension SendingBench {
    /// An attendee's record, and the conditions under which the store changes it.
    struct Record: Equatable {
        /// `-` stands for none.
        var campaign: String?
        var claim: String?
        var lease: Int64?
        var sentRevision: Int?
        var failedRevision: Int?
        var response = Response.noAction
        /// SEQUENCE of the answer, or of the last time they were asked.
        var replySequence: Int?
        var isShared = false

        var standing: Standing {
            Standing(
                isOwned: campaign != nil, campaign: campaign == "-" ? nil : campaign, sentRevision: sentRevision,
                failedRevision: failedRevision, response: response, isShared: isShared, isHeld: claim != nil,
                lease: lease)
        }

        mutating func take(_ claim: Claim) -> ClaimResult {
            let (event, standing) = (claim.event, standing)
            if standing.doneRevision >= event.revision { return .done(byCampaign: standing.campaign) }
            if let lease, lease > claim.now { return .busy }
            if claim.onlyReached, !standing.isReached {
                return failedRevision == nil ? .neverReached : .done(byCampaign: standing.campaign)
            }
            if event.updates == .notDeclined, sentRevision != nil, response == .declined {
                return .done(byCampaign: standing.campaign)
            }
            forget(before: event)
            self.claim = claim.id
            lease = claim.until
            campaign = campaign ?? claim.campaign ?? "-"
            var before = standing
            before.response = response
            return .claimed(before)
        }

        mutating func forget(before event: Event) {
            guard event.answerSequence > 0, replySequence ?? -1 < event.answerSequence else { return }
            replySequence = event.answerSequence
            response = .noAction
        }

        func attendee(_ address: EmailAddress) throws -> Attendee {
            var attendee = try Samples.attendee(
                address.normalized, campaign: standing.campaign, origin: isShared ? .shared : .vip,
                delivery: sentRevision == nil ? .claimed : .sent, sentRevision: sentRevision, response: response)
            attendee.isHeld = claim != nil
            return attendee
        }
    }
}
