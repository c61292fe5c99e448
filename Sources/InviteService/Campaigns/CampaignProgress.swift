import Audience
import JSON

/// How far a campaign is: what its import found, and what its counters say was done.
package struct CampaignProgress: Sendable, Equatable {
    package var campaign: Campaign
    /// Taken by SES; some of them were delivered, bounced or reported as unwanted since.
    package var sent: Int
    package var delivered: Int
    package var bounced: Int
    package var complained: Int
    package var failed: Int
    package var skipped: SkipCounts
    package var finishedChunks: Int

    package init(campaign: Campaign, counters: [CounterName: Int]) {
        self.campaign = campaign
        sent = counters[.delivery(.sent)] ?? 0
        delivered = counters[.delivery(.delivered)] ?? 0
        bounced = counters[.delivery(.bounced)] ?? 0
        complained = counters[.delivery(.complained)] ?? 0
        failed = counters[.delivery(.failed)] ?? 0
        skipped = SkipCounts()
        skipped.alreadyInvited = counters[.alreadyInvited] ?? 0
        skipped.refused = counters[.refused] ?? 0
        skipped.cancelled = counters[.skippedAfterCancellation] ?? 0
        finishedChunks = counters[.finishedChunks] ?? 0
    }

    /// `importing`, `sending`, `paused`, `finished` or `failed`; `checked` after a trial run.
    package var status: String {
        let isFinished = campaign.status == .sending && finishedChunks >= campaign.chunks
        if isFinished { return "finished" }
        return campaign.pause == nil || campaign.status == .failed ? campaign.status.rawValue : "paused"
    }

    package var json: JSON {
        [
            "id": .string(campaign.id), "event": .string(campaign.event.description), "status": .string(status),
            "source": .string(campaign.source.url), "created": .int(campaign.created),
            "failure": campaign.failure.map { .string($0) } ?? .null, "import": campaign.summary.json,
            "consent": campaign.consent.map { .string($0) } ?? .null, "dry_run": .bool(campaign.isDryRun),
            "chunks": .int(campaign.chunks), "chunks_done": .int(finishedChunks), "sent": .int(sent),
            "delivered": .int(delivered), "bounced": .int(bounced), "complained": .int(complained),
            "failed": .int(failed), "skipped": skipped.json,
            "paused_because": campaign.pause.map { .string($0) } ?? .null,
        ]
    }
}
