import AWSClients
import InviteService

extension CampaignControl.Ports {
    package static func live(_ environment: Environment) throws -> CampaignControl.Ports {
        let table = try environment.mainTable()
        let queues = Queues(sqs: environment.clients.sqs)
        let importQueue = try environment.required("IMPORT_QUEUE_URL")
        return CampaignControl.Ports(
            pause: { try await table.pauseCampaign($0, reason: $1) },
            endPause: { try await table.endPause($0) },
            cancel: { try await table.cancelCampaign($0) },
            requeue: { try await queues.send($0.json, to: importQueue) }, now: Environment.now)
    }
}

extension ChunkRequeue.Ports {
    package static func live(_ environment: Environment) throws -> ChunkRequeue.Ports {
        let table = try environment.mainTable()
        let queues = Queues(sqs: environment.clients.sqs)
        let sendQueue = try environment.required("SEND_QUEUE_URL")
        let importQueue = try environment.required("IMPORT_QUEUE_URL")
        return ChunkRequeue.Ports(
            readCampaign: { try await table.readCampaign($0) },
            doneChunks: { try await table.doneChunks($0, among: $1) },
            enqueue: { try await queues.send($0.map(\.json), to: sendQueue) },
            goOn: { try await queues.send($0.json, to: importQueue) })
    }
}
