/// Queues the chunks of a campaign that are not done, page after page: after a pause, to be sent; after the campaign was
/// cancelled, to be counted. A chunk that is queued twice is sent once.
package struct ChunkRequeue: Sendable {
    package struct Ports: Sendable {
        package var readCampaign: @Sendable (_ id: String) async throws -> Campaign?
        /// Those of the numbers whose chunks have a done mark.
        package var doneChunks: @Sendable (_ campaign: String, _ among: Range<Int>) async throws -> Set<Int>
        package var enqueue: @Sendable ([SendJob]) async throws -> Void
        /// Has another invocation go on.
        package var goOn: @Sendable (ImportJob) async throws -> Void

        package init(
            readCampaign: @escaping @Sendable (_ id: String) async throws -> Campaign?,
            doneChunks: @escaping @Sendable (_ campaign: String, _ among: Range<Int>) async throws -> Set<Int>,
            enqueue: @escaping @Sendable ([SendJob]) async throws -> Void,
            goOn: @escaping @Sendable (ImportJob) async throws -> Void
        ) {
            self.readCampaign = readCampaign
            self.doneChunks = doneChunks
            self.enqueue = enqueue
            self.goOn = goOn
        }
    }

    package enum Outcome: Sendable, Equatable {
        case finished(queued: Int)
        /// The time was up; the rest waits as a job of its own.
        case continued(queued: Int)
        /// The campaign is gone, still being read, or paused again.
        case nothingToDo
    }

    /// Chunks looked at between two looks at the clock.
    static let pageSize = 500
    /// What a page may take.
    private static let pageTime = Duration.seconds(3)

    private let ports: Ports

    package init(ports: Ports) { self.ports = ports }

    /// - Parameters:
    ///   - first: number of the first chunk to look at.
    ///   - deadline: when the function must have answered. A page is done in any case, so that every run gets on.
    package func run(
        _ id: String, from first: Int, deadline: ContinuousClock.Instant
    ) async throws -> Outcome {
        guard let campaign = try await ports.readCampaign(id),
            campaign.status == .cancelled || campaign.status == .sending && campaign.pause == nil
        else { return .nothingToDo }
        var next = first
        var queued = 0
        while next < campaign.chunks {
            let page = next..<min(next + Self.pageSize, campaign.chunks)
            let done = try await ports.doneChunks(id, page)
            let jobs = page.filter { !done.contains($0) }
                .map { SendJob(event: campaign.event, campaign: id, chunk: $0) }
            if !jobs.isEmpty { try await ports.enqueue(jobs) }
            queued += jobs.count
            next = page.upperBound
            if next < campaign.chunks, ContinuousClock.now + Self.pageTime > deadline {
                try await ports.goOn(ImportJob(campaign: id, requeuedFrom: next))
                return .continued(queued: queued)
            }
        }
        return .finished(queued: queued)
    }
}
