import MailMessage

/// What the organizer API does, apart from HTTP. A key reaches its own organizer, the domain owner's every one.
package struct OrganizerAccess: Sendable {
    package struct Ports: Sendable {
        package var readKey: @Sendable (_ hash: String) async throws -> APIKey?
        package var recordKeyUse: @Sendable (_ hash: String, _ now: Int64) async throws -> Void
        package var listEvents:
            @Sendable (EmailAddress, EventFilter, EventCursor?, _ limit: Int) async throws -> EventPage
        package var readCounters: @Sendable (CounterScope) async throws -> [CounterName: Int]
        package var readOrganizer: @Sendable (EmailAddress) async throws -> Organizer?
        package var listKeys: @Sendable (APIKey.Scope) async throws -> [StoredKey]
        package var writeKey: @Sendable (StoredKey) async throws -> Void
        package var deleteKey: @Sendable (StoredKey) async throws -> Void
        /// Epoch seconds.
        package var now: @Sendable () -> Int64

        package init(
            readKey: @escaping @Sendable (_ hash: String) async throws -> APIKey?,
            recordKeyUse: @escaping @Sendable (_ hash: String, _ now: Int64) async throws -> Void,
            listEvents:
                @escaping @Sendable (EmailAddress, EventFilter, EventCursor?, _ limit: Int) async throws ->
                EventPage,
            readCounters: @escaping @Sendable (CounterScope) async throws -> [CounterName: Int],
            readOrganizer: @escaping @Sendable (EmailAddress) async throws -> Organizer?,
            listKeys: @escaping @Sendable (APIKey.Scope) async throws -> [StoredKey],
            writeKey: @escaping @Sendable (StoredKey) async throws -> Void,
            deleteKey: @escaping @Sendable (StoredKey) async throws -> Void, now: @escaping @Sendable () -> Int64
        ) {
            self.readKey = readKey
            self.recordKeyUse = recordKeyUse
            self.listEvents = listEvents
            self.readCounters = readCounters
            self.readOrganizer = readOrganizer
            self.listKeys = listKeys
            self.writeKey = writeKey
            self.deleteKey = deleteKey
            self.now = now
        }
    }

    package enum Failure: Error, Sendable, Equatable {
        /// None this key may see.
        case notFound
    }

    private let ports: Ports

    package init(ports: Ports) { self.ports = ports }

    /// What was settled about the organizer.
    package func profile(of organizer: EmailAddress, key: String?) async throws -> Organizer {
        try await authorize(key, for: organizer)
        return try await ports.readOrganizer(organizer) ?? Organizer(address: organizer)
    }

    /// - Parameter filter: narrows the view.
    package func events(
        of organizer: EmailAddress, _ view: EventListView, key: String?, matching filter: EventFilter,
        after cursor: EventCursor?, limit: Int
    ) async throws -> EventPage {
        try await authorize(key, for: organizer)
        return try await ports.listEvents(organizer, view.narrow(filter, at: ports.now()), cursor, limit)
    }

    package func statistics(of organizer: EmailAddress, key: String?) async throws -> StatisticsSummary {
        try await authorize(key, for: organizer)
        return StatisticsSummary(try await ports.readCounters(.organizer(organizer)))
    }

    package func createKey(for organizer: EmailAddress, name: String?, key: String?) async throws -> NewKey {
        try await authorize(key, for: organizer)
        return try await keyRing.create(for: .organizer(organizer), name: name)
    }

    package func keys(of organizer: EmailAddress, key: String?) async throws -> [StoredKey] {
        try await authorize(key, for: organizer)
        return try await keyRing.keys(of: .organizer(organizer))
    }

    package func revokeKey(_ id: String, of organizer: EmailAddress, key: String?) async throws {
        try await authorize(key, for: organizer)
        try await keyRing.revoke(id, of: .organizer(organizer))
    }

    private func authorize(_ key: String?, for organizer: EmailAddress) async throws {
        let check = KeyCheck(read: ports.readKey, recordUse: ports.recordKeyUse, now: ports.now)
        guard try await check.holder(of: key).allows(organizer) else { throw Failure.notFound }
    }

    private var keyRing: KeyRing {
        KeyRing(list: ports.listKeys, write: ports.writeKey, delete: ports.deleteKey, now: ports.now)
    }
}
