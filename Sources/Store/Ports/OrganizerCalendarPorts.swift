import InviteService

extension OrganizerCalendar.Ports {
    package static func live(_ environment: Environment) throws -> OrganizerCalendar.Ports {
        let table = try environment.mainTable()
        return OrganizerCalendar.Ports(
            listEvents: { try await table.listEvents(.organizer($0), matching: $1, after: $2, limit: $3) },
            now: Environment.now)
    }
}
