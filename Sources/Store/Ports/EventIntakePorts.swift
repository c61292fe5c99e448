import AWSClients
import InviteService

extension EventIntake.Ports {
    package static func live(_ environment: Environment) throws -> EventIntake.Ports {
        let table = try environment.mainTable()
        let bucket = try environment.bucket()
        let queues = Queues(sqs: environment.clients.sqs)
        let noticeQueue = try environment.required("NOTICE_QUEUE_URL")
        let prefix = try environment.required("MAIL_PREFIX")
        return EventIntake.Ports(
            readMail: { try await bucket.readMail($0, prefix: prefix) },
            readEvent: { try await table.readEvent($0) },
            readCalendar: { try await bucket.readCalendar($0) },
            writeCalendar: { try await bucket.writeCalendar($0, name: $1, $2) },
            writeEvent: { try await table.writeEvent($0, replacing: $1) },
            notify: { try await queues.send($0.json, to: noticeQueue) },
            now: Environment.now)
    }
}
