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
    /// Recipients a second who were done with over the last minutes; nil when there were none.
    package var rate: Double?

    /// - Parameter now: epoch seconds.
    package init(campaign: Campaign, counters: [CounterName: Int], now: Int64) {
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
        rate = SendingPace.rate(of: counters, since: campaign.created, at: now)
    }

    /// Recipients nothing has become of yet; while the list is read, of those that were accepted so far.
    package var remaining: Int { max(0, campaign.summary.accepted - sent - failed - skipped.total) }

    /// At the present rate; nil when nothing moves, or the whole list is not known yet.
    package var secondsLeft: Int? {
        guard status == "sending", let rate, rate > 0 else { return nil }
        return Int((Double(remaining) / rate).rounded(.up))
    }

    /// `importing`, `sending`, `paused`, `finished`, `cancelled` or `failed`; `checked` after a trial run.
    package var status: String {
        if campaign.status == .cancelled { return campaign.status.rawValue }
        let isFinished = campaign.status == .sending && finishedChunks >= campaign.chunks
        if isFinished { return "finished" }
        return campaign.pause == nil || campaign.status == .failed ? campaign.status.rawValue : "paused"
    }

    package var json: JSON {
        [
            "id": .string(campaign.id), "event": .string(campaign.event.description), "status": .string(status),
            "source": .string(campaign.source.url), "pinpoint": campaign.segment?.json ?? .null,
            "created": .int(campaign.created),
            "failure": campaign.failure.map { .string($0) } ?? .null, "import": campaign.summary.json,
            "consent": campaign.consent.map { .string($0) } ?? .null, "dry_run": .bool(campaign.isDryRun),
            "chunks": .int(campaign.chunks), "chunks_done": .int(finishedChunks), "sent": .int(sent),
            "delivered": .int(delivered), "bounced": .int(bounced), "complained": .int(complained),
            "failed": .int(failed), "skipped": skipped.json,
            "remaining": .int(campaign.isDryRun ? 0 : remaining),
            "rate": rate.map { .number("\(($0 * 10).rounded() / 10)") } ?? .null,
            "seconds_left": secondsLeft.map { .int($0) } ?? .null,
            "paused_because": campaign.pause.map { .string($0) } ?? .null,
        ]
    }
}
