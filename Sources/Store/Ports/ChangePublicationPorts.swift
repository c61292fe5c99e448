import AWSClients
import InviteService

extension ChangePublication.Ports {
    package static func live(_ environment: Environment) throws -> ChangePublication.Ports {
        let table = try environment.mainTable()
        let statistics = try environment.statisticsTable()
        let bucket = try environment.bucket()
        let queues = Queues(sqs: environment.clients.sqs)
        let webhookQueue = try environment.required("WEBHOOK_QUEUE_URL")
        let noticeQueue = try environment.required("NOTICE_QUEUE_URL")
        return ChangePublication.Ports(
            readCheckpoint: { try await statistics.readPublished($0) },
            moveCheckpoint: { try await statistics.movePublished($0, from: $1, to: $2) },
            writeLog: { try await bucket.writeLog($0) },
            readWebhooks: { try await table.allWebhooks() },
            enqueue: { try await queues.send($0.map(\.json), to: webhookQueue) },
            notify: { try await queues.send($0.json, to: noticeQueue) },
            readCampaign: { try await table.readCampaign($0) },
            readCounters: { try await statistics.readCounters($0) })
    }
}
