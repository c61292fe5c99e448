import InviteService

extension OrganizerCalendar.Ports {
    package static func live(_ environment: Environment) throws -> OrganizerCalendar.Ports {
        let table = try environment.mainTable()
        let bucket = try environment.bucket()
        return OrganizerCalendar.Ports(
            listEvents: { try await table.listEvents(.organizer($0), matching: $1, after: $2, limit: $3) },
            readCalendar: { try await bucket.readCalendar($0) }, now: Environment.now)
    }
}
