import AWSClients
import InviteService

extension SuppressionAccess.Ports {
    package static func live(_ environment: Environment) throws -> SuppressionAccess.Ports {
        let table = try environment.mainTable()
        let ses = environment.clients.ses
        return SuppressionAccess.Ports(
            readKey: { try await table.readKey($0) },
            recordKeyUse: { try await table.recordKeyUse($0, now: $1) },
            list: { try await table.listSuppressions(after: $0, limit: $1) },
            listAccount: { cursor, limit in
                let page = try await ses.listSuppressedDestinations(after: cursor, limit: limit)
                return AccountSuppressionPage(
                    entries: page.destinations.map {
                        .init(address: $0.address, reason: $0.reason.lowercased(), since: $0.lastUpdate)
                    }, next: page.nextToken)
            },
            lift: { try await table.liftSuppression($0, now: $1) },
            now: Environment.now)
    }
}
