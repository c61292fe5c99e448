import Scheduling
import Synchronization

/// All mails of one event revision. Their kinds differ by what somebody was sent before, so each is prepared when the
/// first of it is wanted.
final class RevisionMails: Sendable {
    private let prepare: @Sendable (MailOccasion) throws -> InvitationComposer
    private let composers = Mutex<[MailOccasion: InvitationComposer]>([:])

    /// - Parameter calendar: the stored calendar object of the event's revision.
    init(
        event: Event, calendar: [UInt8], addresses: MailAddresses, links: PublicLinks, secret: ServiceSecret
    ) {
        prepare = { occasion in
            try InvitationComposer(
                event: event, calendar: calendar, occasion: occasion, addresses: addresses, links: links,
                secret: secret)
        }
    }

    /// What a recipient gets who has been claimed.
    func mail(for claim: Claim, _ standing: Standing, _ occasion: MailOccasion) throws -> OutgoingInvitation {
        let composer = try composers.withLock { known in
            if let composer = known[occasion] { return composer }
            let composer = try prepare(occasion)
            known[occasion] = composer
            return composer
        }
        // An instance that was changed is asked about again; the answer to the series says nothing of it.
        let response = occasion.content == .invitation ? standing.response : .noAction
        // The tag by which feedback finds the campaign: the one they count for.
        let campaign = standing.isOwned ? standing.campaign : claim.campaign
        return composer.invitation(for: claim.recipient, at: claim.now, response: response, campaign: campaign)
    }
}
