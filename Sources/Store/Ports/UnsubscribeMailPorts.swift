import InviteService

extension UnsubscribeMail.Ports {
    package static func live(_ environment: Environment) throws -> UnsubscribeMail.Ports {
        let table = try environment.mainTable()
        return UnsubscribeMail.Ports(unsubscribe: { try await table.unsubscribe($0, now: $1) })
    }
}
