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

    package init(ports: Ports, policy: Policy = Policy()) {
        self.ports = ports
        self.policy = policy
    }

    /// - Parameters:
    ///   - deadline: when the function must have answered; the import stops early enough to leave a checkpoint.
    ///   - isLastReceive: the message was delivered so often that it now goes to the dead-letter queue. The import is
    ///     not tried again then, since what ended it so far may end this process before it can say so.
    @discardableResult
    package func run(
        _ job: ImportJob, deadline: ContinuousClock.Instant, isLastReceive: Bool = false
    ) async throws -> Outcome {
        guard let campaign = try await ports.readCampaign(job.campaign), campaign.status == .importing else {
            return .nothingToDo
        }
        if isLastReceive {
            _ = try await fail(campaign, Self.givenUp)
            throw Failure.givenUp(campaign: campaign.id)
        }
        guard let event = try await ports.readEvent(campaign.event), event.status != .cancelled else {
            return try await fail(campaign, "The event was cancelled before its list was read.")
        }
        let state: ImportState
        if let checkpoint = campaign.checkpoint {
            guard let json = try? JSON(parsing: try await ports.readState(campaign.id, checkpoint)),
                let stored = ImportState(json: json)
            else { throw Failure.unusableCheckpoint(checkpoint) }
            state = stored
        } else {
            let parts = try await ports.listParts(campaign.source).filter { $0.size > 0 && !$0.key.hasSuffix("/") }
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
        }
        return try await run(campaign, from: state, deadline: deadline)
    }

    private func run(
        _ campaign: Campaign, from state: ImportState, deadline: ContinuousClock.Instant
    ) async throws -> Outcome {
        let remaining = deadline - .now
        let stopAt = deadline - min(.seconds(15), remaining * 0.3)
        var run = ImportRun(campaign: campaign, state: state, ports: ports, policy: policy, stopAt: stopAt)
        do {
            guard try await run.readParts(), try await run.queueChunks() else {
                try await ports.goOn(ImportJob(campaign: campaign.id))
                return .toBeContinued
            }
            return try await end(run.campaign, run.outcome)
        } catch is ImportRun.Overtaken {
            return .overtaken
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
        ended.checkpoint = "end-\(Campaign.newID())"
        return try await ports.advance(ended, campaign.checkpoint) ? .finished(ended.status) : .overtaken
    }

    private static let givenUp = """
        Reading the list was tried several times and did not succeed. If it is one very large compressed file, split it. \
        Who was already in the queue is invited; start the campaign again to reach the others, and nobody is invited \
        twice.
        """
}
