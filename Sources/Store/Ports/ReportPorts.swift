import AWSClients
import InviteService

extension ReportMailing.Ports {
    package static func live(_ environment: Environment) throws -> ReportMailing.Ports {
        let table = try environment.mainTable()
        let statistics = try environment.statisticsTable()
        let mail = environment.mailSender()
        let queues = Queues(sqs: environment.clients.sqs)
        let noticeQueue = try environment.required("NOTICE_QUEUE_URL")
        return ReportMailing.Ports(
            readEvent: { try await table.readEvent($0) },
            listAttendees: { try await table.listAttendees($0, from: $1, limit: $2) },
            readCounters: { try await statistics.readCounters($0) },
            wasSent: { try await table.wasNoticeSent($0) },
            send: { try await mail.send($0) },
            enqueue: { try await queues.send($0.json, to: noticeQueue) },
            markSent: { try await table.markNoticeSent($0, now: Environment.now()) },
            now: Environment.now)
    }
}

extension ReportOrder.Ports {
    package static func live(_ environment: Environment) throws -> ReportOrder.Ports {
        let queues = Queues(sqs: environment.clients.sqs)
        let noticeQueue = try environment.required("NOTICE_QUEUE_URL")
        return ReportOrder.Ports(
            enqueue: { try await queues.send($0.json, to: noticeQueue) }, now: Environment.now)
    }
}
