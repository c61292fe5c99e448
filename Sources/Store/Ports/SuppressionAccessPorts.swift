import InviteService

extension SuppressionAccess.Ports {
    package static func live(_ environment: Environment) throws -> SuppressionAccess.Ports {
        let table = try environment.mainTable()
        return SuppressionAccess.Ports(
            readKey: { try await table.readKey($0) },
            recordKeyUse: { try await table.recordKeyUse($0, now: $1) },
            list: { try await table.listSuppressions(after: $0, limit: $1) },
            lift: { try await table.liftSuppression($0, now: $1) },
            now: Environment.now)
    }
}
