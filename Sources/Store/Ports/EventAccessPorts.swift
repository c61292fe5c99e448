import InviteService

extension EventAccess.Ports {
    package static func live(_ environment: Environment) throws -> EventAccess.Ports {
        let table = try environment.mainTable()
        let statistics = try environment.statisticsTable()
        return EventAccess.Ports(
            readKey: { try await table.readKey($0) },
            recordKeyUse: { try await table.recordKeyUse($0, now: $1) },
            readEvent: { try await table.readEvent($0) },
            readCounters: { try await statistics.readCounters($0) },
            listAttendees: { try await table.listAttendees($0, from: $1, answered: $2, limit: $3) },
            readAttendee: { try await table.readAttendee($0, $1) },
            readAnswers: { try await table.readAnswers($0, $1) },
            listCampaigns: { try await table.listCampaigns(of: $0, after: $1, limit: $2) },
            readCampaign: { try await table.readCampaign($0) },
            now: Environment.now)
    }
}
