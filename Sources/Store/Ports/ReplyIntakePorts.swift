import AWSClients
import InviteService

extension ReplyIntake.Ports {
    package static func live(_ environment: Environment) throws -> ReplyIntake.Ports {
        let table = try environment.mainTable()
        let bucket = try environment.bucket()
        let queues = Queues(sqs: environment.clients.sqs)
        let priorityQueue = try environment.required("PRIORITY_QUEUE_URL")
        let noticeQueue = try environment.required("NOTICE_QUEUE_URL")
        let prefix = try environment.required("MAIL_PREFIX")
        return ReplyIntake.Ports(
            readMail: { try await bucket.readMail($0, prefix: prefix) },
            readEvent: { try await table.readEvent($0) },
            readCalendar: { try await bucket.readCalendar($0) },
            readAttendee: { try await table.readAttendee($0, $1) },
            readInstanceAnswer: { try await table.readInstanceAnswer($0, $1, instance: $2) },
            record: { try await table.record($0) },
            addShared: { try await table.addShared($0) },
            forgetSending: { try await table.forgetSending($0, of: $1, now: $2) },
            enqueue: { try await queues.send($0.json, to: priorityQueue) },
            notify: { try await queues.send($0.json, to: noticeQueue) })
    }
}
