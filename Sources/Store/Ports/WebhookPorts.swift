import AWSClients
import InviteService

extension WebhookAccess.Ports {
    package static func live(_ environment: Environment) throws -> WebhookAccess.Ports {
        let table = try environment.mainTable()
        let queues = Queues(sqs: environment.clients.sqs)
        let webhookQueue = try environment.required("WEBHOOK_QUEUE_URL")
        return WebhookAccess.Ports(
            readKey: { try await table.readKey($0) },
            recordKeyUse: { try await table.recordKeyUse($0, now: $1) },
            list: { try await table.listWebhooks(of: $0) },
            write: { try await table.writeWebhook($0) },
            delete: { try await table.deleteWebhook($0) },
            failed: { try await table.failedDeliveries($0, limit: $1) },
            enqueue: { try await queues.send($0.map(\.json), to: webhookQueue) },
            forget: { try await table.forget($0) },
            now: Environment.now)
    }
}

extension WebhookSending.Ports {
    package static func live(_ environment: Environment) throws -> WebhookSending.Ports {
        let table = try environment.mainTable()
        let queues = Queues(sqs: environment.clients.sqs)
        let webhookQueue = try environment.required("WEBHOOK_QUEUE_URL")
        let client = WebhookClient()
        return WebhookSending.Ports(
            readWebhook: { try await table.readWebhook($0, of: $1) },
            resolve: { HostAddresses.of($0) },
            post: { await client.post($0) },
            retry: { try await queues.send($0.json, to: webhookQueue, delay: $1) },
            keep: { try await table.keep($0) },
            now: Environment.now)
    }
}
