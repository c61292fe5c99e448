import Audience
import MailMessage

/// Sends the event's current revision to one chunk of a campaign, to single recipients or to attendees who have an older
/// one, to each exactly once whatever is repeated or breaks.
///
/// Each recipient is claimed with a conditional write, mailed, and recorded; the claim is a lease that outlives this
/// process. What could not be done is put back as a new job, so a chunk is acknowledged only when every recipient is
/// done or waiting in the queue again.
package struct InvitationSending: Sendable {
    package struct Policy: Sendable {
        /// Seconds a claim keeps others away, or longer: a claim is never taken over while its holder still runs.
        package var lease: Int64
        /// Recipients in flight at a time.
        package var concurrency: Int
        /// Time that is kept for answers of SES at the end; a quarter of what there is, if that is less.
        package var answerTime: Duration
        /// Attempts after which a chunk that keeps failing is left to the dead-letter queue.
        package var failureLimit: Int

        package init(
            lease: Int64, concurrency: Int = 16, answerTime: Duration = .seconds(15), failureLimit: Int = 20
        ) {
            self.lease = lease
            self.concurrency = concurrency
            self.answerTime = answerTime
            self.failureLimit = failureLimit
        }
    }

    private let ports: Ports
    private let policy: Policy
    private let quota = QuotaMemory()
    private let addresses: MailAddresses
    private let links: PublicLinks
    private let secret: ServiceSecret

    package init(
        ports: Ports, policy: Policy, addresses: MailAddresses, links: PublicLinks, secret: ServiceSecret
    ) {
        self.ports = ports
        self.policy = policy
        self.addresses = addresses
        self.links = links
        self.secret = secret
    }

    package enum Failure: Error, Sendable, Equatable {
        case unknownEvent(EventUID)
        case unknownCampaign(String)
        /// Put back so often that the message is better left to the dead-letter queue; without a chunk for a single
        /// invitation.
        case keepsFailing(chunk: Int?, cause: String)
    }

    package enum Outcome: Sendable, Equatable {
        case finished
        /// These many recipients wait in the queue again; `cause` is the first failure, if anything failed.
        case putBack(recipients: Int, cause: String?)
        /// The event has a newer revision, which the whole chunk gets now.
        case movedOn
        /// The campaign is paused: the chunk stays undone, and comes again when the campaign is resumed.
        case paused
        /// Nothing is sent for the organizer now; the job waits.
        case suspended
    }

    /// - Parameter deadline: when the function must have answered; sending stops early enough to put the rest back.
    package func run(_ job: SendJob, deadline: ContinuousClock.Instant) async throws -> Outcome {
        guard let event = try await ports.readEvent(job.event) else { throw Failure.unknownEvent(job.event) }
        let heads = try await ports.readHeads(event.organizer, job.campaign)
        if heads.organizer?.isSuspended == true {
            // The mails wait: the suspension may be over one day.
            try await ports.enqueue(job, .seconds(900))
            return .suspended
        }
        guard let batch = try await batch(of: job, heads.campaign, lease: lease(until: deadline)) else {
            return .paused
        }
        if quota.isExhausted {
            try await ports.enqueue(job, .seconds(900))
            return .putBack(recipients: job.remaining?.count ?? batch.recipients.count, cause: "SES's quota")
        }
        let recipients = batch.recipients
        let positions = (job.remaining ?? Array(recipients.indices)).filter { recipients.indices.contains($0) }
        var rest = SendRemainder(job: job)
        try await send(to: positions.map { ($0, recipients[$0]) }, of: event, batch, deadline: deadline, rest: &rest)
        if rest.isQuotaExhausted { quota.noteExhausted() }
        if let reason = rest.accountRefusal, let campaign = batch.campaign, !batch.isCancelled {
            try await ports.pause(
                campaign, "Amazon SES takes no mail of this account: \(reason). Resume when that is settled.")
        }
        let remainder = rest.job
        guard (remainder?.failures ?? 0) < policy.failureLimit else {
            throw Failure.keepsFailing(chunk: batch.chunk, cause: rest.cause ?? "no answer from SES")
        }
        if try await hasMovedOn(event) {
            // The change may have been spread before these attendees were recorded: all of them get its revision from
            // here, and are counted anew.
            let again = SendJob(event: job.event, work: job.work, failures: remainder?.failures ?? 0)
            try await ports.enqueue(again, remainder == nil ? .zero : delay(of: rest, batch))
            return .movedOn
        }
        if let remainder {
            try await ports.enqueue(remainder, delay(of: rest, batch))
            return .putBack(recipients: remainder.remaining?.count ?? 0, cause: rest.cause)
        }
        if case .chunk(let campaign, let number) = job.work {
            try await ports.markDone(FinishedChunk(campaign: campaign, chunk: number, skipped: rest.skipped))
        }
        return .finished
    }

    private func delay(of rest: SendRemainder, _ batch: Batch) -> Duration {
        rest.delay(lease: batch.lease, random: Double.random(in: 0...1))
    }

    /// Seconds, longer than this invocation can last whatever was settled: a recipient waits for their turn under it.
    private func lease(until deadline: ContinuousClock.Instant) -> Int64 {
        max(policy.lease, (deadline - .now).components.seconds + 30)
    }

    /// Who is to be invited, and on whose account.
    private struct Batch {
        var recipients: [Recipient]
        /// Seconds a claim of theirs lasts.
        var lease: Int64
        var campaign: String?
        var chunk: Int?
        var origin: Origin
        /// They have the event already; nobody is invited.
        var isUpdate = false
        /// They asked for the event, and get the whole of it whatever they have.
        var isAsked = false
        /// Their campaign was cancelled: who has an earlier revision gets this one, nobody else gets anything.
        var isCancelled = false
    }

    /// nil while its campaign is paused.
    private func batch(of job: SendJob, _ campaign: Campaign?, lease: Int64) async throws -> Batch? {
        switch job.work {
        case .recipients(let recipients, let origin):
            return Batch(recipients: recipients, lease: lease, origin: origin, isAsked: true)
        case .attendees(let attendees):
            // Their records have an origin of their own.
            return Batch(recipients: attendees, lease: lease, origin: .api, isUpdate: true)
        case .chunk(let id, let number):
            guard let campaign else { throw Failure.unknownCampaign(id) }
            let isCancelled = campaign.status == .cancelled
            guard campaign.pause == nil || isCancelled else { return nil }
            let recipients = try await ports.readChunk(id, number)
            return Batch(
                recipients: recipients, lease: lease, campaign: id, chunk: number, origin: campaign.origin,
                isCancelled: isCancelled)
        }
    }

    private func hasMovedOn(_ event: Event) async throws -> Bool {
        guard let latest = try await ports.readEvent(event.uid) else { return false }
        return latest.revision != event.revision
    }

    private func send(
        to recipients: [(Int, Recipient)], of event: Event, _ batch: Batch, deadline: ContinuousClock.Instant,
        rest: inout SendRemainder
    ) async throws {
        let allowed = try await admitted(recipients, to: event, batch, rest: &rest)
        guard !allowed.isEmpty else { return }
        let mails = RevisionMails(
            event: event, calendar: try await ports.readCalendar(event), addresses: addresses, links: links,
            secret: secret, readDateAnswers: ports.readDateAnswers)
        // SES gets this long at least to answer: whatever it answers too late may be sent again.
        let lastStart = deadline - min(policy.answerTime, (deadline - .now) / 4)
        await withTaskGroup(of: (Int, RecipientOutcome).self) { group in
            var waiting = allowed[...]
            func startNext() {
                guard let (position, recipient) = waiting.popFirst() else { return }
                group.addTask {
                    guard ContinuousClock.now < lastStart else { return (position, .notStarted) }
                    return (position, await outcome(for: recipient, of: event, batch, mails, lastStart))
                }
            }
            for _ in 0..<policy.concurrency { startNext() }
            while let (position, outcome) = await group.next() {
                rest.add(outcome, at: position)
                if outcome.endsSending {
                    for (position, _) in waiting { rest.add(.notStarted, at: position) }
                    waiting = []
                }
                startNext()
            }
        }
    }

    /// Those to be mailed. The others are accounted for as their records say: somebody who was sent the invitation
    /// before they unsubscribed, or before the event was cancelled, was not skipped.
    private func admitted(
        _ recipients: [(Int, Recipient)], to event: Event, _ batch: Batch, rest: inout SendRemainder
    ) async throws -> [(Int, Recipient)] {
        let persons = try await ports.readPersons(recipients.map(\.1.address))
        func refuses(_ address: EmailAddress) -> Bool { persons[address]?.refuses(event.organizer) == true }
        let doubtful =
            event.status == .cancelled || batch.isCancelled
            ? recipients.map(\.1.address) : recipients.map(\.1.address).filter(refuses)
        guard !doubtful.isEmpty else { return recipients }
        let standings = try await ports.readStandings(event.uid, doubtful)
        var allowed: [(Int, Recipient)] = []
        for (position, recipient) in recipients {
            let (address, standing) = (recipient.address, standings[recipient.address])
            let isRefusing = refuses(address)
            if !isRefusing, isOwed(event, standing, batch) {
                allowed.append((position, recipient))
                continue
            }
            if batch.isUpdate, event.status != .cancelled, let standing, standing.response != .noAction {
                try await ports.forgetAnswer(event, address)
            }
            rest.add(passedOver(standing, isRefusing: isRefusing, batch), at: position)
        }
        return allowed
    }

    /// Whether somebody is to have the event as it is, whoever they are.
    private func isOwed(_ event: Event, _ standing: Standing?, _ batch: Batch) -> Bool {
        if batch.isCancelled { return standing?.sentRevision.map { $0 < event.revision } ?? false }
        return event.status != .cancelled || standing?.isReached == true
    }

    /// What became of somebody who gets no mail now.
    private func passedOver(_ standing: Standing?, isRefusing: Bool, _ batch: Batch) -> RecipientOutcome {
        if let standing, standing.doneRevision > 0 {
            return standing.counts(for: batch.campaign) ? .done : .alreadyInvited
        }
        if standing?.isBusy(at: ports.now()) == true { return .busy }
        return isRefusing ? .refused : .cancelled
    }

    private func outcome(
        for recipient: Recipient, of event: Event, _ batch: Batch, _ mails: RevisionMails,
        _ lastStart: ContinuousClock.Instant
    ) async -> RecipientOutcome {
        do {
            let now = ports.now()
            let claim = Claim(
                recipient: recipient, event: event, campaign: batch.campaign, origin: batch.origin,
                id: Claim.newID(), now: now, until: now + batch.lease,
                onlyReached: batch.isUpdate || batch.isCancelled || event.status == .cancelled)
            switch try await ports.claim(claim) {
            case .claimed(let standing):
                let occasion = batch.isAsked ? .asked(of: event) : MailOccasion(for: standing, of: event)
                let outcome = try await deliver(claim, standing, occasion, mails, lastStart)
                // What this chunk sent may count for the campaign that brought them in.
                return outcome == .done && !standing.counts(for: batch.campaign) ? .alreadyInvited : outcome
            case .done(let byCampaign): return byCampaign == batch.campaign ? .done : .alreadyInvited
            case .neverReached: return .cancelled
            case .busy: return .busy
            }
        } catch {
            return .failed(cause: String(describing: error))
        }
    }

    private func deliver(
        _ claim: Claim, _ standing: Standing, _ occasion: MailOccasion, _ mails: RevisionMails,
        _ lastStart: ContinuousClock.Instant
    ) async throws -> RecipientOutcome {
        do {
            guard try await ports.waitForTurn(lastStart) else {
                try await ports.release(claim, standing)
                return .notStarted
            }
        } catch {
            try await ports.release(claim, standing)
            throw error
        }
        guard ContinuousClock.now < lastStart else {
            try await ports.release(claim, standing)
            return .notStarted
        }
        let result: SendResult
        do {
            result = try await ports.send(try await mails.mail(for: claim, standing, occasion))
        } catch {
            // Refused for a reason that is not this recipient's, such as a missing permission.
            try await ports.release(claim, standing)
            throw error
        }
        switch result {
        case .sent(let messageID):
            try await ports.recordSent(claim, messageID, ports.now())
            return .done
        case .throttled:
            try await ports.release(claim, standing)
            return .throttled
        case .quotaExhausted:
            try await ports.release(claim, standing)
            return .quotaExhausted
        case .accountRefused(let reason):
            try await ports.release(claim, standing)
            return .accountRefused(reason: reason)
        case .refused(let reason):
            try await ports.recordFailed(claim, reason)
            return .done
        case .unknown:
            // It may have been sent: the lease keeps everybody away until it has run out.
            return .unknown
        }
    }
}
