import Audience
import JSON

/// How far a campaign is: what its import found, and what its counters say was done.
package struct CampaignProgress: Sendable, Equatable {
    package var campaign: Campaign
    package var sent: Int
    package var failed: Int
    package var skipped: SkipCounts
    package var finishedChunks: Int

    package init(campaign: Campaign, counters: [CounterName: Int]) {
        self.campaign = campaign
        sent = counters[.delivery(.sent)] ?? 0
        failed = counters[.delivery(.failed)] ?? 0
        skipped = SkipCounts()
        skipped.alreadyInvited = counters[.alreadyInvited] ?? 0
        skipped.refused = counters[.refused] ?? 0
        skipped.cancelled = counters[.skippedAfterCancellation] ?? 0
        finishedChunks = counters[.finishedChunks] ?? 0
    }

    /// `importing`, `sending`, `finished` or `failed`.
    package var status: String {
        let isFinished = campaign.status == .sending && finishedChunks >= campaign.chunks
        return isFinished ? "finished" : campaign.status.rawValue
    }

    package var json: JSON {
        [
            "id": .string(campaign.id), "event": .string(campaign.event.description), "status": .string(status),
            "source": .string(campaign.source.url), "created": .int(campaign.created),
            "failure": campaign.failure.map { .string($0) } ?? .null, "import": campaign.summary.json,
            "chunks": .int(campaign.chunks), "chunks_done": .int(finishedChunks), "sent": .int(sent),
            "failed": .int(failed), "skipped": skipped.json,
        ]
    }
}
