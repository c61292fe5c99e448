import JSON

/// Follows the stream a second time, under checkpoints of its own, for what leaves the tables: the change log, the
/// webhooks, and the notice that a campaign is finished. Whatever holds it up, the statistics are counted.
///
/// Log objects are written and webhooks queued before the checkpoint moves. What is repeated after a failure replaces
/// the same log objects and queues the same event ids again.
package struct ChangePublication: Sendable {
    package struct Ports: Sendable {
        /// nil when nothing of the shard was published.
        package var readCheckpoint: @Sendable (_ shard: String) async throws -> SequenceNumber?
        /// False when the checkpoint was no longer `from`.
        package var moveCheckpoint:
            @Sendable (_ shard: String, _ from: SequenceNumber?, _ to: SequenceNumber) async throws -> Bool
        package var writeLog: @Sendable (ChangeLogPart) async throws -> Void
        /// All there are now.
        package var readWebhooks: @Sendable () async throws -> [Webhook]
        package var enqueue: @Sendable ([WebhookDelivery]) async throws -> Void
        package var notify: @Sendable (Notice) async throws -> Void
        package var readCampaign: @Sendable (_ id: String) async throws -> Campaign?
        package var readCounters: @Sendable (CounterScope) async throws -> [CounterName: Int]

        package init(
            readCheckpoint: @escaping @Sendable (_ shard: String) async throws -> SequenceNumber?,
            moveCheckpoint:
                @escaping @Sendable (_ shard: String, _ from: SequenceNumber?, _ to: SequenceNumber) async throws ->
                Bool,
            writeLog: @escaping @Sendable (ChangeLogPart) async throws -> Void,
            readWebhooks: @escaping @Sendable () async throws -> [Webhook],
            enqueue: @escaping @Sendable ([WebhookDelivery]) async throws -> Void,
            notify: @escaping @Sendable (Notice) async throws -> Void,
            readCampaign: @escaping @Sendable (_ id: String) async throws -> Campaign?,
            readCounters: @escaping @Sendable (CounterScope) async throws -> [CounterName: Int]
        ) {
            self.readCheckpoint = readCheckpoint
            self.moveCheckpoint = moveCheckpoint
            self.writeLog = writeLog
            self.readWebhooks = readWebhooks
            self.enqueue = enqueue
            self.notify = notify
            self.readCampaign = readCampaign
            self.readCounters = readCounters
        }
    }

    private let ports: Ports

    package init(ports: Ports) { self.ports = ports }

    /// - Parameter changes: in the order of the stream, and counted.
    package func run(shard: String, changes: [StatisticsAggregation.Change]) async throws {
        let checkpoint = try await ports.readCheckpoint(shard)
        let rest = changes.filter { change in checkpoint.map { change.sequence > $0 } ?? true }
        guard let last = rest.last else { return }
        for part in Self.log(rest, shard: shard) { try await ports.writeLog(part) }
        let finished = try await finishedCampaigns(rest)
        for (progress, _) in finished {
            let campaign = progress.campaign
            try await ports.notify(
                Notice(
                    kind: .campaignFinished(campaign.event, campaign: campaign.id), organizer: campaign.organizer,
                    message: campaign.id, subject: nil, inReplyTo: nil))
        }
        let webhooks = try await ports.readWebhooks()
        if !webhooks.isEmpty {
            let events =
                rest.compactMap { WebhookEvent($0) } + finished.map { WebhookEvent(finished: $0.progress, at: $0.time) }
            let deliveries = WebhookDelivery.deliveries(of: events, to: webhooks)
            if !deliveries.isEmpty { try await ports.enqueue(deliveries) }
        }
        // When somebody else moved it, they have published the same.
        _ = try await ports.moveCheckpoint(shard, checkpoint, last.sequence)
    }

    /// One part for each date.
    static func log(_ changes: [StatisticsAggregation.Change], shard: String) -> [ChangeLogPart] {
        var parts: [ChangeLogPart] = []
        for change in changes {
            guard let entry = ChangeLogEntry(change, shard: shard) else { continue }
            let line = entry.json.bytes + [UInt8(ascii: "\n")]
            if let index = parts.firstIndex(where: { $0.date == entry.date }) {
                parts[index].lines += line
            } else {
                parts.append(ChangeLogPart(date: entry.date, shard: shard, first: change.sequence, lines: line))
            }
        }
        return parts
    }

    /// Campaigns whose last chunk, as the counters tell, was finished by now. Several shards may each say so, and a
    /// campaign that is changed afterwards says so again: webhook events and notices have an id that stays the same.
    private func finishedCampaigns(_ changes: [StatisticsAggregation.Change]) async throws -> [(
        progress: CampaignProgress, time: Int64
    )] {
        var touched: [String: Int64] = [:]
        for change in changes {
            switch change.new {
            case .finishedChunk(let campaign, _)?: touched[campaign] = change.time
            case .campaign(let campaign)?: touched[campaign.id] = change.time
            case .event?, .attendee?, nil: continue
            }
        }
        var finished: [(progress: CampaignProgress, time: Int64)] = []
        for (id, time) in touched.sorted(by: { $0.key < $1.key }) {
            guard let campaign = try await ports.readCampaign(id), campaign.status == .sending else { continue }
            let progress = CampaignProgress(
                campaign: campaign, counters: try await ports.readCounters(.campaign(id)), now: time)
            if progress.status == "finished" { finished.append((progress, time)) }
        }
        return finished
    }
}
