/// What is known of somebody who has a record for an event, before a sender does anything for them.
package struct Standing: Sendable, Equatable {
    /// Whether the campaign they are counted for, or none, is settled. It never changes.
    package var isOwned: Bool
    /// The campaign that first took them; nil for single invitations.
    package var campaign: String?
    package var sentRevision: Int?
    /// The revision that SES refused for good.
    package var failedRevision: Int?
    package var response: Response
    /// Answered a forwarded invitation, so they have a copy.
    package var isShared: Bool
    /// A sender holds them; or one did and died, so that its mail may have gone out.
    package var isHeld: Bool
    /// Epoch seconds until which nobody else may send to them.
    package var lease: Int64?

    package init(
        isOwned: Bool, campaign: String?, sentRevision: Int?, failedRevision: Int?, response: Response,
        isShared: Bool, isHeld: Bool, lease: Int64?
    ) {
        self.isOwned = isOwned
        self.campaign = campaign
        self.sentRevision = sentRevision
        self.failedRevision = failedRevision
        self.response = response
        self.isShared = isShared
        self.isHeld = isHeld
        self.lease = lease
    }

    /// Whether a copy of the event reached them, or may have.
    package var isReached: Bool { sentRevision != nil || isShared || isHeld }

    /// The latest revision that needs nothing more to be done.
    package var doneRevision: Int { max(sentRevision ?? 0, failedRevision ?? 0) }

    /// Whether what is sent to them counts for the campaign; nil stands for none.
    func counts(for campaign: String?) -> Bool { !isOwned || self.campaign == campaign }

    func isBusy(at now: Int64) -> Bool { lease.map { $0 > now } ?? false }
}
