import Audience
import JSON
import MailMessage

/// Reads a campaign's list from S3, drops who may not be invited, and hands the rest to the send queue in chunks.
///
/// Two passes, in memory that the list's length does not matter to: the list is read and its candidates stored by
/// partition (`CandidateRun`); then each partition loses its duplicates and is cut into chunks. The order of chunks and
/// their candidates depends on the list alone. Between two checkpoints everything is written under names of this attempt
/// or in a way that bears repetition, and a checkpoint counts once the campaign's record points to it, which happens
/// only if it still points to the one before. So a crash at any point, and two processes at the same list, end in the
/// same chunks and counts.
package struct SegmentImport: Sendable {
    /// How much is done at a time.
    package struct Policy: Sendable {
        /// Bytes of candidates held before they are stored.
        package var runSize: Int
        /// Groups of chunks between two checkpoints.
        package var groupsPerCheckpoint: Int
        /// Chunks prepared at the same time, and queued in one call.
        package var groupSize: Int
        /// Objects one list may have.
        package var partLimit: Int

        package init(
            runSize: Int = 8 << 20, groupsPerCheckpoint: Int = 10, groupSize: Int = 10, partLimit: Int = 10_000
        ) {
            self.runSize = runSize
            self.groupsPerCheckpoint = groupsPerCheckpoint
            self.groupSize = groupSize
            self.partLimit = partLimit
        }
    }

    package enum Outcome: Sendable, Equatable {
        case finished(Campaign.Status)
        /// Out of time; another invocation goes on.
        case toBeContinued
        /// The list is not there yet; another invocation looks again.
        case awaitingExport
        /// The campaign is gone or was imported before.
        case nothingToDo
        /// Another process is at the same list, and further.
        case overtaken
    }

    package enum Failure: Error, Sendable, Equatable {
        case unusableCheckpoint(String)
        /// The time of a whole invocation was spent on getting back to where the last one stopped.
        case noProgress(part: String)
        /// Given up, and the organizer told: the message belongs into the dead-letter queue.
        case givenUp(campaign: String)
    }

    private let ports: Ports
    private let policy: Policy
    private let export: SegmentExport?
    private let inviteLimit: Int

    /// - Parameters:
    ///   - inviteLimit: people one event may invite where nothing else was settled for its organizer.
    ///   - export: nil where no segments of Amazon Pinpoint may be exported.
    package init(ports: Ports, policy: Policy = Policy(), inviteLimit: Int, export: SegmentExport? = nil) {
        self.ports = ports
        self.policy = policy
        self.inviteLimit = inviteLimit
        self.export = export
    }

    /// - Parameters:
    ///   - deadline: when the function must have answered; the import stops early enough to leave a checkpoint.
    ///   - isLastReceive: the message was delivered so often that it now goes to the dead-letter queue. The import is
    ///     not tried again then, since what ended it so far may end this process before it can say so.
    @discardableResult
    package func run(
        _ job: ImportJob, deadline: ContinuousClock.Instant, isLastReceive: Bool = false
    ) async throws -> Outcome {
        guard let campaign = try await ports.readCampaign(job.campaign), campaign.isToBeImported else {
            return .nothingToDo
        }
        if campaign.status == .cancelled, campaign.checkpoint == nil { return try await end(campaign, campaign) }
        if isLastReceive, campaign.status != .cancelled {
            let isExporting = campaign.segment != nil && campaign.checkpoint == nil
            _ = try await fail(campaign, isExporting ? SegmentExport.givenUp : Self.givenUp)
            throw Failure.givenUp(campaign: campaign.id)
        }
        guard let event = try await ports.readEvent(campaign.event),
            event.status != .cancelled || campaign.status == .cancelled
        else { return try await fail(campaign, "The event was cancelled before its list was read.") }
        let limit = try await ports.readOrganizer(event.organizer)?.inviteLimit ?? inviteLimit
        var state: ImportState
        if let checkpoint = campaign.checkpoint {
            guard let json = try? JSON(parsing: try await ports.readState(campaign.id, checkpoint)),
                let stored = ImportState(json: json)
            else { throw Failure.unusableCheckpoint(checkpoint) }
            state = stored
        } else {
            var source = campaign.source
            if let segment = campaign.segment {
                guard let export else { return try await fail(campaign, SegmentExport.notSetUp) }
                switch try await export.advance(campaign, segment: segment) {
                case .ready(let folder): source = folder
                case .failed(let reason): return try await fail(campaign, reason)
                case .waiting(let delay):
                    try await ports.goOn(ImportJob(campaign: campaign.id), delay)
                    return .awaitingExport
                }
            }
            let parts = try await ports.listParts(source).filter { $0.size > 0 && !$0.key.hasSuffix("/") }
            if parts.isEmpty {
                return try await fail(
                    campaign, "No object lies under \(campaign.source.url). Check the bucket and the prefix.")
            }
            guard parts.count <= policy.partLimit else {
                return try await fail(
                    campaign,
                    "\(parts.count) objects lie under \(campaign.source.url), \(policy.partLimit) can be read. "
                        + "Name a longer prefix, or join the files.")
            }
            state = ImportState(parts: parts)
            state.reserved = try await ports.readReserved(event.uid)
        }
        return try await run(campaign, of: event, limit: limit, from: state, deadline: deadline)
    }

    private func run(
        _ campaign: Campaign, of event: Event, limit: Int, from state: ImportState, deadline: ContinuousClock.Instant
    ) async throws -> Outcome {
        let remaining = deadline - .now
        let stopAt = deadline - min(.seconds(15), remaining * 0.3)
        var disposable: DisposableDomains?
        if campaign.options.dropsDisposable {
            guard let text = try await ports.readDisposableDomains(), case let domains = DisposableDomains(text),
                !domains.isEmpty
            else {
                return try await fail(
                    campaign,
                    "Which domains are disposable is not known: the server's owner puts a list of them, one a line, at "
                        + "s3://\(campaign.source.bucket)/settings/disposable-domains.txt.")
            }
            disposable = domains
        }
        var run = ImportRun(
            campaign: campaign, event: event, limit: limit, state: state, ports: ports, policy: policy, stopAt: stopAt,
            disposable: disposable)
        do {
            // Of a cancelled campaign nothing was queued yet, or a little more is, to be counted, up to a checkpoint.
            if campaign.status == .cancelled, !state.isRead { return try await end(campaign, campaign) }
            guard try await run.readParts(), try await run.queueChunks() else {
                try await ports.goOn(ImportJob(campaign: campaign.id), .zero)
                return .toBeContinued
            }
            return try await end(run.campaign, run.outcome)
        } catch is ImportRun.Overtaken {
            return .overtaken
        } catch is ImportRun.Cancelled {
            return try await end(run.campaign, run.campaign)
        } catch let change as PartChanged {
            return try await fail(
                run.campaign,
                "\(change.key) was replaced or removed while it was read. Start the campaign again with the whole list: "
                    + "whoever was invited already is left out.")
        }
    }

    private func fail(_ campaign: Campaign, _ reason: String) async throws -> Outcome {
        var failed = campaign
        failed.status = .failed
        failed.failure = reason
        return try await end(campaign, failed)
    }

    /// Tells the organizer before the end is recorded: afterwards the import is never looked at again.
    private func end(_ campaign: Campaign, _ ended: Campaign) async throws -> Outcome {
        if let reason = ended.failure {
            try await ports.notify(
                Notice(
                    kind: .listFailed(campaign.event, reason: reason), organizer: campaign.organizer,
                    message: campaign.id, subject: nil, inReplyTo: nil))
        }
        var ended = ended
        ended.checkpoint = Campaign.endOfImport + Campaign.newID()
        if ended.status == .cancelled { try await recount(ended) }
        guard let recorded = try await ports.record(ended, from: campaign.checkpoint) else { return .overtaken }
        if recorded.status == .cancelled, ended.status != .cancelled { try await recount(recorded) }
        return .finished(recorded.status)
    }

    /// Chunks that came up while the campaign was paused are in no queue; now they are to be counted.
    private func recount(_ campaign: Campaign) async throws {
        if campaign.chunks > 0 { try await ports.goOn(ImportJob(campaign: campaign.id, requeuedFrom: 0), .zero) }
    }

    private static let givenUp = """
        Reading the list was tried several times and did not succeed. If it is one very large compressed file, split it. \
        Who was already in the queue is invited; start the campaign again to reach the others, and nobody is invited \
        twice.
        """
}

extension Campaign {
    /// How the checkpoint of an import begins that is over.
    fileprivate static let endOfImport = "end-"

    /// Whether its list is to be read; after it was cancelled, whether what was queued is still to be recorded.
    fileprivate var isToBeImported: Bool {
        status == .importing || status == .cancelled && checkpoint?.hasPrefix(Self.endOfImport) != true
    }
}

extension SegmentImport.Ports {
    /// Records how far an import is. A campaign that was cancelled meanwhile stays so, and what was stored and queued is
    /// recorded all the same, so that nobody is left unaccounted for.
    ///
    /// - Returns: the campaign as recorded; nil when another process is further.
    func record(_ campaign: Campaign, from checkpoint: String?) async throws -> Campaign? {
        if try await advance(campaign, checkpoint) { return campaign }
        guard campaign.status != .cancelled, try await readCampaign(campaign.id)?.status == .cancelled else {
            return nil
        }
        var cancelled = campaign
        cancelled.status = .cancelled
        cancelled.failure = nil
        return try await advance(cancelled, checkpoint) ? cancelled : nil
    }
}
