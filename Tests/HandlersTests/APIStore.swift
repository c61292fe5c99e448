import InviteService
import MailMessage
import Synchronization
import Testing

/// Keys, events, counters and organizers in memory, as the keyed APIs see them.
final class APIStore: Sendable {
    struct State {
        var keys: [String: APIKey] = [:]
        var events: [Event] = []
        var counters: [CounterScope: [CounterName: Int]] = [:]
        var organizers: [EmailAddress: Organizer] = [:]
        var keyUses = 0
        var now: Int64 = 1_795_348_800
        var fails = false
    }

    struct Failure: Error {}

    let state = Mutex(State())

    static let ann = "ann@acme.example"
    static let uid = "00112233445566778899aabbccddeeff00112233"

    init() throws {
        let ann = try EmailAddress(parsing: Self.ann)
        let bob = try EmailAddress(parsing: "bob@contoso.example")
        state.withLock { state in
            state.keys[APIKey.hash(of: "ann")] = APIKey(scope: .organizer(ann), created: 1)
            state.keys[APIKey.hash(of: "bob")] = APIKey(scope: .organizer(bob), created: 2)
            state.keys[APIKey.hash(of: "owner")] = APIKey(scope: .owner, created: 3)
        }
    }

    func edit(_ change: (inout State) throws -> Void) rethrows { try state.withLock { try change(&$0) } }

    private func read<Value>(_ value: (inout State) -> Value) throws -> Value {
        try state.withLock { state in
            if state.fails { throw Failure() }
            return value(&state)
        }
    }

    func list(
        _ filter: EventFilter, _ cursor: EventCursor?, _ limit: Int, where isListed: (Event) -> Bool
    ) throws -> EventPage {
        try read { state in
            let events = state.events.filter(isListed).sorted { $0.lastModified > $1.lastModified }
                .filter { event in cursor.map { event.lastModified < $0.lastModified } ?? true }
                .filter { filter.status == nil || $0.status == filter.status }
                .filter { $0.start >= filter.startsFrom ?? .min && $0.start < filter.startsBefore ?? .max }
                .filter { $0.lastEnd > filter.endsAfter ?? .min && $0.lastEnd <= filter.endedBy ?? .max }
                .filter { $0.created >= filter.createdFrom ?? .min }
            let page = Array(events.prefix(limit))
            let next = page.count < events.count ? page.last : nil
            return EventPage(
                events: page, next: next.map { EventCursor(lastModified: $0.lastModified, uid: $0.uid) })
        }
    }

    private func stored(_ holder: APIKey.Scope) throws -> [StoredKey] {
        try read { state in
            state.keys.filter { $0.value.scope == holder }.map { StoredKey(hash: $0.key, key: $0.value) }
        }
    }

    var organizerPorts: OrganizerAccess.Ports {
        OrganizerAccess.Ports(
            readKey: { hash in try self.read { $0.keys[hash] } },
            recordKeyUse: { hash, now in
                try self.read { state in
                    state.keys[hash]?.lastUsed = now
                    state.keyUses += 1
                }
            },
            listEvents: { organizer, filter, cursor, limit in
                try self.list(filter, cursor, limit) { $0.organizer == organizer }
            },
            readCounters: { scope in try self.read { $0.counters[scope] ?? [:] } },
            readOrganizer: { address in try self.read { $0.organizers[address] } },
            listKeys: { try self.stored($0) },
            writeKey: { stored in try self.read { $0.keys[stored.hash] = stored.key } },
            deleteKey: { stored in try self.read { $0.keys[stored.hash] = nil } },
            now: { self.state.withLock(\.now) })
    }

    var systemPorts: SystemAccess.Ports {
        let organizerPorts = organizerPorts
        return SystemAccess.Ports(
            readKey: organizerPorts.readKey, recordKeyUse: organizerPorts.recordKeyUse,
            listEvents: { domain, filter, cursor, limit in
                try self.list(filter, cursor, limit) { $0.domain == domain }
            },
            readCounters: organizerPorts.readCounters, readOrganizer: organizerPorts.readOrganizer,
            changeOrganizer: { address, change, now in
                try self.read { state in
                    var organizer = state.organizers[address] ?? Organizer(address: address)
                    func apply(_ limit: OrganizerChange.Limit?, to value: inout Int?) {
                        switch limit {
                        case .atMost(let number)?: value = number
                        case .standard?: value = nil
                        case nil: break
                        }
                    }
                    organizer.isSuspended = change.isSuspended ?? organizer.isSuspended
                    organizer.mayBulk = change.mayBulk ?? organizer.mayBulk
                    apply(change.inviteLimit, to: &organizer.inviteLimit)
                    apply(change.eventLimit, to: &organizer.eventLimit)
                    organizer.lastModified = now
                    state.organizers[address] = organizer
                    return organizer
                }
            },
            listKeys: organizerPorts.listKeys, writeKey: organizerPorts.writeKey,
            deleteKey: organizerPorts.deleteKey, now: organizerPorts.now)
    }

    /// Adds an event that was changed at the given time.
    func add(
        _ number: Int, organizer: String = APIStore.ann, status: Event.Status = .confirmed,
        start: Int64 = 1_800_000_000,
        created: Int64 = 1_795_000_000
    ) throws {
        let digits = "0123456789abcdef"
        let last = String(digits[digits.index(digits.startIndex, offsetBy: number)])
        let event = Event(
            uid: try #require(EventUID(String(Self.uid.dropLast()) + last)),
            organizer: try EmailAddress(parsing: organizer), organizerName: nil, originalOrganizer: organizer,
            domain: "calendar.example.com", clientUID: "c\(number)", productID: "p", revision: 1, calendar: "cafe",
            sequence: 0, answerSequence: 0, sourceSequence: 0, sourceStamp: nil, sourceMessage: "m", status: status,
            created: created, lastModified: created + Int64(number), summary: "Event \(number)", description: "",
            location: "", start: start, end: start + 3600, isAllDay: false, timeZone: nil, recurrence: nil)
        edit { $0.events.append(event) }
    }
}
