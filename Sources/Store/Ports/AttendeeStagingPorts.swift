import AWSClients
import InviteService

extension AttendeeStaging.Ports {
    package static func live(_ environment: Environment) throws -> AttendeeStaging.Ports {
        let table = try environment.mainTable()
        let queues = Queues(sqs: environment.clients.sqs)
        let stageQueue = try environment.required("STAGE_QUEUE_URL")
        let updateQueue = try environment.required("UPDATE_QUEUE_URL")
        return AttendeeStaging.Ports(
            readEvent: { try await table.readEvent($0) },
            listAttendees: { try await table.listAttendees($0, from: $1, limit: $2, consistent: true) },
            enqueue: { try await queues.send($0.map(\.json), to: updateQueue) },
            continueWith: { try await queues.send($0.json, to: stageQueue) },
            recordSpread: { try await table.recordSpread($0, revision: $1) })
    }
}
