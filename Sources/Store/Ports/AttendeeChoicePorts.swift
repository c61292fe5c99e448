import InviteService

extension AttendeeChoice.Ports {
    package static func live(_ environment: Environment) throws -> AttendeeChoice.Ports {
        let table = try environment.mainTable()
        let bucket = try environment.bucket()
        return AttendeeChoice.Ports(
            readEvent: { try await table.readEvent($0) },
            readCalendar: { try await bucket.readCalendar($0) },
            record: { try await table.record($0) },
            unsubscribe: { try await table.unsubscribe($0, now: $1) },
            resubscribe: { try await table.resubscribe($0) },
            block: { try await table.block($1, for: $0) }, unblock: { try await table.unblock($1, for: $0) },
            now: Environment.now)
    }
}
