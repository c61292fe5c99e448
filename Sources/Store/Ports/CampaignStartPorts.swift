import AWSClients
import InviteService

extension CampaignStart.Ports {
    package static func live(_ environment: Environment) throws -> CampaignStart.Ports {
        let table = try environment.mainTable()
        let bucket = try environment.bucket()
        let queues = Queues(sqs: environment.clients.sqs)
        let importQueue = try environment.required("IMPORT_QUEUE_URL")
        return CampaignStart.Ports(
            readOrganizer: { try await table.readOrganizer($0) },
            writeList: { try await bucket.writeList($0, name: $1, $2) },
            uploadTarget: { bucket.uploadTarget($0, name: $1, seconds: $2) },
            createCampaign: { try await table.createCampaign($0) },
            enqueueImport: { try await queues.send($0.json, to: importQueue) },
            now: Environment.now)
    }
}
