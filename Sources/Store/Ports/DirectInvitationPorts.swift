import AWSClients
import InviteService

extension DirectInvitation.Ports {
    package static func live(_ environment: Environment) throws -> DirectInvitation.Ports {
        let table = try environment.mainTable()
        let queues = Queues(sqs: environment.clients.sqs)
        let sendQueue = try environment.required("SEND_QUEUE_URL")
        let noticeQueue = try environment.required("NOTICE_QUEUE_URL")
        return DirectInvitation.Ports(
            readEvent: { try await table.readEvent($0) },
            readOrganizer: { try await table.readOrganizer($0) },
            readPersons: { try await table.readPersons($0) },
            readInvited: { try await table.readInvited($0, $1) },
            reserve: { try await table.reserve($0, now: Environment.now()) },
            enqueue: { try await queues.send($0.map(\.json), to: sendQueue) },
            notify: { try await queues.send($0.json, to: noticeQueue) })
    }
}
