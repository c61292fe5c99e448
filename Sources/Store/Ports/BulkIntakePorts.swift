import AWSClients
import InviteService

extension BulkIntake.Ports {
    package static func live(_ environment: Environment) throws -> BulkIntake.Ports {
        let table = try environment.mainTable()
        let bucket = try environment.bucket()
        let queues = Queues(sqs: environment.clients.sqs)
        let importQueue = try environment.required("IMPORT_QUEUE_URL")
        let noticeQueue = try environment.required("NOTICE_QUEUE_URL")
        let prefix = try environment.required("MAIL_PREFIX")
        return BulkIntake.Ports(
            readMail: { try await bucket.readMail($0, prefix: prefix) },
            readOrganizer: { try await table.readOrganizer($0) },
            readEvent: { try await table.readEvent($0) },
            readPersons: { try await table.readPersons($0) },
            readReserved: { try await table.readReserved($0) },
            readInvited: { try await table.readInvited($0, $1) },
            writeList: { try await bucket.writeList($0, name: $1, $2) },
            writeReport: { try await bucket.writeListReport($0, $1) },
            createCampaign: { try await table.createCampaign($0) },
            enqueueImport: { try await queues.send($0.json, to: importQueue) },
            notify: { try await queues.send($0.json, to: noticeQueue) },
            now: Environment.now)
    }
}
