import AWSClients
import InviteService

extension SegmentImport.Ports {
    package static func live(_ environment: Environment) throws -> SegmentImport.Ports {
        let table = try environment.mainTable()
        let bucket = try environment.bucket()
        let queues = Queues(sqs: environment.clients.sqs)
        let sendQueue = try environment.required("SEND_QUEUE_URL")
        let importQueue = try environment.required("IMPORT_QUEUE_URL")
        let noticeQueue = try environment.required("NOTICE_QUEUE_URL")
        return SegmentImport.Ports(
            readCampaign: { try await table.readCampaign($0) },
            readEvent: { try await table.readEvent($0) },
            listParts: { try await bucket.listParts($0) },
            openPart: { bucket.openPart($0, $1, offset: $2) },
            readState: { try await bucket.readImportState($0, $1) },
            writeState: { try await bucket.writeImportState($0, $1, $2) },
            readRun: { try await bucket.readRun($0, $1, $2) },
            writeRun: { try await bucket.writeRun($0, $1, $2) },
            readOrganizer: { try await table.readOrganizer($0) },
            readPersons: { try await table.readPersons($0) },
            readReserved: { try await table.readReserved($0) },
            readInvited: { try await table.readInvited($0, $1) },
            reserve: { try await table.reserve($0, now: Environment.now()) },
            storeChunk: { try await bucket.storeChunk($0, $1, $2) },
            enqueue: { try await queues.send($0.map(\.json), to: sendQueue) },
            advance: { try await table.advance($0, from: $1) },
            readDisposableDomains: { try await bucket.readDisposableDomains() },
            goOn: { try await queues.send($0.json, to: importQueue, delay: $1) },
            notify: { try await queues.send($0.json, to: noticeQueue) })
    }
}
