import Audience
import MailMessage

/// Sends one chunk of a campaign or a single invitation, each recipient exactly once whatever is repeated or breaks.
///
/// Each recipient is claimed with a conditional write, mailed, and recorded; the claim is a lease that outlives this
/// process. What could not be done is put back as a new job, so a chunk is acknowledged only when every recipient is
/// done or waiting in the queue again.
package struct InvitationSending: Sendable {
    package struct Ports: Sendable {
        /// Strongly consistent.
        package var readEvent: @Sendable (EventUID) async throws -> Event?
        package var readCalendar: @Sendable (Event) async throws -> [UInt8]
        package var readCampaign: @Sendable (_ id: String) async throws -> Campaign?
        package var readChunk: @Sendable (_ campaign: String, _ number: Int) async throws -> [Recipient]
        package var readPersons: @Sendable ([EmailAddress]) async throws -> [EmailAddress: Person]
        package var claim: @Sendable (Claim) async throws -> ClaimResult
        package var send: @Sendable (OutgoingInvitation) async throws -> SendResult
        package var recordSent: @Sendable (Claim, _ messageID: String, _ at: Int64) async throws -> Void
        package var recordFailed: @Sendable (Claim, _ reason: String) async throws -> Void
        package var release: @Sendable (Claim) async throws -> Void
        package var enqueue: @Sendable (SendJob, _ delay: Duration) async throws -> Void
        package var markDone: @Sendable (FinishedChunk) async throws -> Void
        /// Waits until the SES sending rate allows one more message; false when that is too late for this process.
        package var waitForTurn: @Sendable () async throws -> Bool
        /// Epoch seconds.
        package var now: @Sendable () -> Int64

        package init(
            readEvent: @escaping @Sendable (EventUID) async throws -> Event?,
            readCalendar: @escaping @Sendable (Event) async throws -> [UInt8],
            readCampaign: @escaping @Sendable (_ id: String) async throws -> Campaign?,
            readChunk: @escaping @Sendable (_ campaign: String, _ number: Int) async throws -> [Recipient],
            readPersons: @escaping @Sendable ([EmailAddress]) async throws -> [EmailAddress: Person],
            claim: @escaping @Sendable (Claim) async throws -> ClaimResult,
            send: @escaping @Sendable (OutgoingInvitation) async throws -> SendResult,
            recordSent: @escaping @Sendable (Claim, _ messageID: String, _ at: Int64) async throws -> Void,
            recordFailed: @escaping @Sendable (Claim, _ reason: String) async throws -> Void,
            release: @escaping @Sendable (Claim) async throws -> Void,
            enqueue: @escaping @Sendable (SendJob, _ delay: Duration) async throws -> Void,
            markDone: @escaping @Sendable (FinishedChunk) async throws -> Void,
            waitForTurn: @escaping @Sendable () async throws -> Bool,
            now: @escaping @Sendable () -> Int64
        ) {
            self.readEvent = readEvent
            self.readCalendar = readCalendar
            self.readCampaign = readCampaign
            self.readChunk = readChunk
            self.readPersons = readPersons
            self.claim = claim
            self.send = send
            self.recordSent = recordSent
            self.recordFailed = recordFailed
            self.release = release
            self.enqueue = enqueue
            self.markDone = markDone
            self.waitForTurn = waitForTurn
            self.now = now
        }
    }

    package struct Policy: Sendable {
        /// Seconds a claim keeps others away; longer than the function's time-out, so that a claim is never taken over
        /// while its holder still runs.
        package var lease: Int64
        /// Recipients in flight at a time.
        package var concurrency: Int
        /// Attempts after which a chunk that keeps failing is left to the dead-letter queue.
        package var failureLimit: Int

        package init(lease: Int64, concurrency: Int = 16, failureLimit: Int = 20) {
            self.lease = lease
            self.concurrency = concurrency
            self.failureLimit = failureLimit
        }
    }

    private let ports: Ports
    private let policy: Policy
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
    }

    /// - Parameter deadline: when the function must have answered; sending stops early enough to put the rest back.
    package func run(_ job: SendJob, deadline: ContinuousClock.Instant) async throws -> Outcome {
        guard let event = try await ports.readEvent(job.event) else { throw Failure.unknownEvent(job.event) }
        guard let batch = try await batch(of: job) else { return .paused }
        let recipients = batch.recipients
        let positions = (job.remaining ?? Array(recipients.indices)).filter { recipients.indices.contains($0) }
        var rest = SendRemainder(job: job)
        if event.status == .cancelled {
            // Nobody is invited to what will not happen.
            rest.skipped.cancelled += positions.count
        } else {
            try await send(
                to: positions.map { ($0, recipients[$0]) }, of: event, batch, deadline: deadline, rest: &rest)
        }
        if let again = rest.job {
            guard again.failures < policy.failureLimit else {
                throw Failure.keepsFailing(chunk: batch.chunk, cause: rest.cause ?? "no answer from SES")
            }
            try await ports.enqueue(again, rest.delay(lease: policy.lease))
            return .putBack(recipients: again.remaining?.count ?? 0, cause: rest.cause)
        }
        if try await hasMovedOn(event) {
            // The change may have been spread before these attendees were recorded: they get its revision from here.
            try await ports.enqueue(SendJob(event: job.event, work: job.work), .zero)
            return .movedOn
        }
        if case .chunk(let campaign, let number) = job.work {
            try await ports.markDone(FinishedChunk(campaign: campaign, chunk: number, skipped: rest.skipped))
        }
        return .finished
    }

    /// Who is to be invited, and on whose account.
    private struct Batch {
        var recipients: [Recipient]
        var campaign: String?
        var chunk: Int?
        var origin: Origin
    }

    /// nil while its campaign is paused.
    private func batch(of job: SendJob) async throws -> Batch? {
        switch job.work {
        case .recipients(let recipients, let origin): return Batch(recipients: recipients, origin: origin)
        case .chunk(let id, let number):
            guard let campaign = try await ports.readCampaign(id) else { throw Failure.unknownCampaign(id) }
            guard campaign.pause == nil else { return nil }
            let recipients = try await ports.readChunk(id, number)
            return Batch(recipients: recipients, campaign: id, chunk: number, origin: campaign.origin)
        }
    }

    private func hasMovedOn(_ event: Event) async throws -> Bool {
        guard let latest = try await ports.readEvent(event.uid) else { return false }
        return latest.revision != event.revision && latest.status != .cancelled
    }

    private func send(
        to recipients: [(Int, Recipient)], of event: Event, _ batch: Batch, deadline: ContinuousClock.Instant,
        rest: inout SendRemainder
    ) async throws {
        let persons = try await ports.readPersons(recipients.map(\.1.address))
        let allowed = recipients.filter { persons[$0.1.address]?.refuses(event.organizer) != true }
        rest.skipped.refused += recipients.count - allowed.count
        let calendar = try await ports.readCalendar(event)
        let composer = try InvitationComposer(
            event: event, calendar: calendar, addresses: addresses, links: links, secret: secret)
        // The last second is for putting the remainder back.
        let lastStart = deadline - .seconds(1)
        await withTaskGroup(of: (Int, RecipientOutcome).self) { group in
            var waiting = allowed[...]
            func startNext() {
                guard let (position, recipient) = waiting.popFirst() else { return }
                group.addTask {
                    guard ContinuousClock.now < lastStart else { return (position, .notStarted) }
                    return (position, await outcome(for: recipient, of: event, batch, composer, lastStart))
                }
            }
            for _ in 0..<policy.concurrency { startNext() }
            while let (position, outcome) = await group.next() {
                rest.add(outcome, at: position)
                if outcome == .quotaExhausted {
                    // Nobody else's mail will be taken either.
                    for (position, _) in waiting { rest.add(.notStarted, at: position) }
                    waiting = []
                }
                startNext()
            }
        }
    }

    private func outcome(
        for recipient: Recipient, of event: Event, _ batch: Batch, _ composer: InvitationComposer,
        _ lastStart: ContinuousClock.Instant
    ) async -> RecipientOutcome {
        do {
            let now = ports.now()
            let claim = Claim(
                recipient: recipient, event: event, campaign: batch.campaign, origin: batch.origin,
                id: Claim.newID(), now: now, until: now + policy.lease)
            switch try await ports.claim(claim) {
            case .claimed: break
            case .done(let byCampaign): return byCampaign == batch.campaign ? .done : .alreadyInvited
            case .busy: return .busy
            }
            return try await deliver(claim, composer, lastStart)
        } catch {
            return .failed(cause: String(describing: error))
        }
    }

    private func deliver(
        _ claim: Claim, _ composer: InvitationComposer, _ lastStart: ContinuousClock.Instant
    ) async throws -> RecipientOutcome {
        do {
            guard try await ports.waitForTurn() else {
                try await ports.release(claim)
                return .notStarted
            }
        } catch {
            try await ports.release(claim)
            throw error
        }
        guard ContinuousClock.now < lastStart else {
            try await ports.release(claim)
            return .notStarted
        }
        let result: SendResult
        do {
            result = try await ports.send(
                composer.invitation(for: claim.recipient, at: claim.now, campaign: claim.campaign))
        } catch {
            // Refused for a reason that is not this recipient's, such as a paused account.
            try await ports.release(claim)
            throw error
        }
        switch result {
        case .sent(let messageID):
            try await ports.recordSent(claim, messageID, ports.now())
            return .done
        case .throttled:
            try await ports.release(claim)
            return .throttled
        case .quotaExhausted:
            try await ports.release(claim)
            return .quotaExhausted
        case .refused(let reason):
            try await ports.recordFailed(claim, reason)
            return .done
        case .unknown:
            // It may have been sent: the lease keeps everybody away until it has run out.
            return .unknown
        }
    }
}
