import InviteService

extension EventEditing.Ports {
    package static func live(_ environment: Environment) throws -> EventEditing.Ports {
        let table = try environment.mainTable()
        return EventEditing.Ports(
            readKey: { try await table.readKey($0) },
            recordKeyUse: { try await table.recordKeyUse($0, now: $1) },
            recording: try environment.recordingPorts())
    }
}
