import Audience
import Scheduling
import Synchronization

/// All mails of one event revision. Their kinds differ by what somebody was sent before, so each is prepared when the
/// first of it is wanted.
final class RevisionMails: Sendable {
    private let event: Event
    private let prepare: @Sendable (MailOccasion) throws -> InvitationComposer
    private let readDateAnswers: InvitationSending.Ports.DateAnswers
    private let composers = Mutex<[MailOccasion: InvitationComposer]>([:])

    /// - Parameter calendar: the stored calendar object of the event's revision.
    init(
        event: Event, calendar: [UInt8], addresses: MailAddresses, links: PublicLinks, secret: ServiceSecret,
        readDateAnswers: @escaping InvitationSending.Ports.DateAnswers
    ) {
        self.event = event
        self.readDateAnswers = readDateAnswers
        prepare = { occasion in
            try InvitationComposer(
                event: event, calendar: calendar, occasion: occasion, addresses: addresses, links: links,
                secret: secret)
        }
    }

    /// What a recipient gets who has been claimed.
    func mail(for claim: Claim, _ standing: Standing, _ occasion: MailOccasion) async throws -> OutgoingInvitation {
        let composer = try composers.withLock { known in
            if let composer = known[occasion] { return composer }
            let composer = try prepare(occasion)
            known[occasion] = composer
            return composer
        }
        // The tag by which feedback finds the campaign: the one they count for.
        let campaign = standing.isOwned ? standing.campaign : claim.campaign
        let answers = try await answers(of: claim.recipient, standing, composer.dates)
        return composer.invitation(for: claim.recipient, at: claim.now, answers: answers, campaign: campaign)
    }

    /// - Parameter dates: those the mail tells of; who had nothing before has answered none.
    private func answers(
        of recipient: Recipient, _ standing: Standing, _ dates: [Int64]
    ) async throws -> StandingAnswers {
        guard standing.isReached, !dates.isEmpty else { return StandingAnswers(standing.response) }
        let given = try await readDateAnswers(event.uid, recipient.address, dates)
        return StandingAnswers(standing.response, dates: given, to: event)
    }
}
