import AWSClients
import InviteService

extension SegmentImport.Ports {
    package static func live(_ environment: Environment) throws -> SegmentImport.Ports {
        let table = try environment.mainTable()
        let bucket = try environment.bucket()
        let queues = Queues(sqs: environment.clients.sqs)
        let sendQueue = try environment.required("SEND_QUEUE_URL")
        return SegmentImport.Ports(
            readCampaign: { try await table.readCampaign($0) },
            readEvent: { try await table.readEvent($0) },
            listParts: { try await bucket.listParts($0) },
            openPart: { bucket.openPart($0, $1) },
            readPersons: { try await table.readPersons($0) },
            writeChunk: { try await bucket.writeChunk($0, $1, $2) },
            enqueue: { try await queues.send($0.map(\.json), to: sendQueue) },
            finish: { try await table.writeCampaign($0) })
    }
}
