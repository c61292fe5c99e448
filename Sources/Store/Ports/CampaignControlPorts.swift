import AWSClients
import InviteService

extension CampaignControl.Ports {
    package static func live(_ environment: Environment) throws -> CampaignControl.Ports {
        let table = try environment.mainTable()
        let queues = Queues(sqs: environment.clients.sqs)
        let sendQueue = try environment.required("SEND_QUEUE_URL")
        return CampaignControl.Ports(
            pause: { try await table.pauseCampaign($0, reason: $1) },
            endPause: { try await table.endPause($0) },
            doneChunks: { try await table.doneChunks($0) },
            enqueue: { try await queues.send($0.map(\.json), to: sendQueue) })
    }
}
