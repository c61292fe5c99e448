import AWSClients
import InviteService

extension ChangePublication.Ports {
    package static func live(_ environment: Environment) throws -> ChangePublication.Ports {
        let table = try environment.mainTable()
        let statistics = try environment.statisticsTable()
        let bucket = try environment.bucket()
        let queues = Queues(sqs: environment.clients.sqs)
        let webhookQueue = try environment.required("WEBHOOK_QUEUE_URL")
        let webhooks = WebhookCache { try await table.allWebhooks() }
        return ChangePublication.Ports(
            readCheckpoint: { try await statistics.readPublished($0) },
            moveCheckpoint: { try await statistics.movePublished($0, from: $1, to: $2) },
            writeLog: { try await bucket.writeLog($0) },
            readWebhooks: { try await webhooks.all() },
            enqueue: { try await queues.send($0.map(\.json), to: webhookQueue) },
            readCampaign: { try await table.readCampaign($0) },
            readCounters: { try await statistics.readCounters($0) })
    }
}

/// The webhooks as they were at most five seconds ago: batches of the stream come several times a second.
private actor WebhookCache {
    private let read: @Sendable () async throws -> [Webhook]
    private var known: (webhooks: [Webhook], at: ContinuousClock.Instant)?

    init(read: @escaping @Sendable () async throws -> [Webhook]) { self.read = read }

    func all() async throws -> [Webhook] {
        if let known, ContinuousClock.now - known.at < .seconds(5) { return known.webhooks }
        let webhooks = try await read()
        known = (webhooks, .now)
        return webhooks
    }
}
