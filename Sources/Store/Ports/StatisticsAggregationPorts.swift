import InviteService

extension StatisticsAggregation.Ports {
    package static func live(_ environment: Environment) throws -> StatisticsAggregation.Ports {
        let table = try environment.statisticsTable()
        return StatisticsAggregation.Ports(
            readCheckpoint: { try await table.readCheckpoint($0) },
            commit: { try await table.commit($0) })
    }
}
