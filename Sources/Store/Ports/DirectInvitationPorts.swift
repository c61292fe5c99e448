import AWSClients
import InviteService

extension DirectInvitation.Ports {
    package static func live(_ environment: Environment) throws -> DirectInvitation.Ports {
        let table = try environment.mainTable()
        let queues = Queues(sqs: environment.clients.sqs)
        let sendQueue = try environment.required("SEND_QUEUE_URL")
        return DirectInvitation.Ports(
            readEvent: { try await table.readEvent($0) },
            readOrganizer: { try await table.readOrganizer($0) },
            readPersons: { try await table.readPersons($0) },
            enqueue: { try await queues.send($0.map(\.json), to: sendQueue) })
    }
}
