import InviteService

extension OrganizerAccess.Ports {
    package static func live(_ environment: Environment) throws -> OrganizerAccess.Ports {
        let table = try environment.mainTable()
        let statistics = try environment.statisticsTable()
        return OrganizerAccess.Ports(
            readKey: { try await table.readKey($0) },
            recordKeyUse: { try await table.recordKeyUse($0, now: $1) },
            listEvents: { try await table.listEvents(.organizer($0), matching: $1, after: $2, limit: $3) },
            readCounters: { try await statistics.readCounters($0) },
            readOrganizer: { try await table.readOrganizer($0) },
            listKeys: { try await table.listKeys(of: $0) },
            writeKey: { try await table.writeKey($0) },
            deleteKey: { try await table.deleteKey($0) },
            now: Environment.now)
    }
}
