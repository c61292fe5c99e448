import MailMessage

/// What the domain owner's API does, apart from HTTP.
package struct SystemAccess: Sendable {
    package struct Ports: Sendable {
        package var readKey: @Sendable (_ hash: String) async throws -> APIKey?
        package var recordKeyUse: @Sendable (_ hash: String, _ now: Int64) async throws -> Void
        package var listEvents:
            @Sendable (_ domain: String, EventFilter, EventCursor?, _ limit: Int) async throws -> EventPage
        package var readCounters: @Sendable (CounterScope) async throws -> [CounterName: Int]
        package var readOrganizer: @Sendable (EmailAddress) async throws -> Organizer?
        package var changeOrganizer: @Sendable (EmailAddress, OrganizerChange, _ now: Int64) async throws -> Organizer
        package var listKeys: @Sendable (APIKey.Scope) async throws -> [StoredKey]
        package var writeKey: @Sendable (StoredKey) async throws -> Void
        package var deleteKey: @Sendable (StoredKey) async throws -> Void
        /// Epoch seconds.
        package var now: @Sendable () -> Int64

        package init(
            readKey: @escaping @Sendable (_ hash: String) async throws -> APIKey?,
            recordKeyUse: @escaping @Sendable (_ hash: String, _ now: Int64) async throws -> Void,
            listEvents:
                @escaping @Sendable (_ domain: String, EventFilter, EventCursor?, _ limit: Int) async throws ->
                EventPage,
            readCounters: @escaping @Sendable (CounterScope) async throws -> [CounterName: Int],
            readOrganizer: @escaping @Sendable (EmailAddress) async throws -> Organizer?,
            changeOrganizer:
                @escaping @Sendable (EmailAddress, OrganizerChange, _ now: Int64) async throws ->
                Organizer,
            listKeys: @escaping @Sendable (APIKey.Scope) async throws -> [StoredKey],
            writeKey: @escaping @Sendable (StoredKey) async throws -> Void,
            deleteKey: @escaping @Sendable (StoredKey) async throws -> Void, now: @escaping @Sendable () -> Int64
        ) {
            self.readKey = readKey
            self.recordKeyUse = recordKeyUse
            self.listEvents = listEvents
            self.readCounters = readCounters
            self.readOrganizer = readOrganizer
            self.changeOrganizer = changeOrganizer
            self.listKeys = listKeys
            self.writeKey = writeKey
            self.deleteKey = deleteKey
            self.now = now
        }
    }

    package enum Failure: Error, Sendable, Equatable {
        /// The key is an organizer's.
        case ownerOnly
    }

    private let ports: Ports
    private let domain: String

    package init(ports: Ports, domain: String) {
        self.ports = ports
        self.domain = domain
    }

    /// - Parameter filter: narrows the view.
    package func events(
        _ view: EventListView, key: String?, matching filter: EventFilter, after cursor: EventCursor?, limit: Int
    ) async throws -> EventPage {
        try await authorize(key)
        return try await ports.listEvents(domain, view.narrow(filter, at: ports.now()), cursor, limit)
    }

    package func statistics(key: String?) async throws -> StatisticsSummary {
        try await authorize(key)
        return StatisticsSummary(try await ports.readCounters(.domain(domain)))
    }

    /// What happened on one day (UTC), such as `2026-11-22`: mails by when they were sent, answers by when they came.
    package func statistics(on date: String, key: String?) async throws -> StatisticsSummary {
        try await authorize(key)
        return StatisticsSummary(try await ports.readCounters(.day(domain: domain, date: date)))
    }

    package func organizer(_ address: EmailAddress, key: String?) async throws -> Organizer {
        try await authorize(key)
        return try await ports.readOrganizer(address) ?? Organizer(address: address)
    }

    package func change(_ address: EmailAddress, to change: OrganizerChange, key: String?) async throws -> Organizer {
        try await authorize(key)
        return try await ports.changeOrganizer(address, change, ports.now())
    }

    package func createKey(name: String?, key: String?) async throws -> NewKey {
        try await authorize(key)
        return try await keyRing.create(for: .owner, name: name)
    }

    package func keys(key: String?) async throws -> [StoredKey] {
        try await authorize(key)
        return try await keyRing.keys(of: .owner)
    }

    package func revokeKey(_ id: String, key: String?) async throws {
        try await authorize(key)
        try await keyRing.revoke(id, of: .owner)
    }

    /// Any key, described to whoever holds it.
    package func holder(of key: String?) async throws -> StoredKey {
        StoredKey(hash: APIKey.hash(of: key ?? ""), key: try await check.holder(of: key))
    }

    private func authorize(_ key: String?) async throws {
        guard try await check.holder(of: key).scope == .owner else { throw Failure.ownerOnly }
    }

    private var check: KeyCheck { KeyCheck(read: ports.readKey, recordUse: ports.recordKeyUse, now: ports.now) }

    private var keyRing: KeyRing {
        KeyRing(list: ports.listKeys, write: ports.writeKey, delete: ports.deleteKey, now: ports.now)
    }
}
