import InviteService

extension SystemAccess.Ports {
    package static func live(_ environment: Environment) throws -> SystemAccess.Ports {
        let table = try environment.mainTable()
        let statistics = try environment.statisticsTable()
        return SystemAccess.Ports(
            readKey: { try await table.readKey($0) },
            recordKeyUse: { try await table.recordKeyUse($0, now: $1) },
            listEvents: { try await table.listEvents(.domain($0), matching: $1, after: $2, limit: $3) },
            readCounters: { try await statistics.readCounters($0) },
            readOrganizer: { try await table.readOrganizer($0) },
            changeOrganizer: { try await table.changeOrganizer($0, $1, now: $2) },
            listKeys: { try await table.listKeys(of: $0) },
            writeKey: { try await table.writeKey($0) },
            deleteKey: { try await table.deleteKey($0) },
            now: Environment.now)
    }
}
