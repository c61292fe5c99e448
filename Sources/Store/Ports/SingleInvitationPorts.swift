import AWSClients
import InviteService

extension SingleInvitation.Ports {
    package static func live(_ environment: Environment) throws -> SingleInvitation.Ports {
        let table = try environment.mainTable()
        let bucket = try environment.bucket()
        let queues = Queues(sqs: environment.clients.sqs)
        let priorityQueue = try environment.required("PRIORITY_QUEUE_URL")
        let noticeQueue = try environment.required("NOTICE_QUEUE_URL")
        return SingleInvitation.Ports(
            readEvent: { try await table.readEvent($0) },
            readCalendar: { try await bucket.readCalendar($0) },
            readOrganizer: { try await table.readOrganizer($0) },
            readPersons: { try await table.readPersons($0) },
            admit: { try await table.admit($0, hour: $1, limit: $2) },
            reserve: { try await table.reserveInvite($0, $1, limit: $2, now: Environment.now()) },
            enqueue: { try await queues.send($0.json, to: priorityQueue) },
            notify: { try await queues.send($0.json, to: noticeQueue) },
            now: Environment.now)
    }
}
