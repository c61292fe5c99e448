import Audience
import JSON
import MailMessage

/// Invites the people that another service hands over a few at a time: a Pinpoint custom channel, a custom action of
/// Amazon Connect.
///
/// Handing the same people over again invites nobody twice, since senders claim each recipient once for an event: that is
/// how repeated deliveries and idempotency tokens are honoured, without a record of them.
package struct DirectInvitation: Sendable {
    package struct Ports: Sendable {
        package var readEvent: @Sendable (EventUID) async throws -> Event?
        package var readOrganizer: @Sendable (EmailAddress) async throws -> Organizer?
        package var readPersons: @Sendable ([EmailAddress]) async throws -> [EmailAddress: Person]
        /// Which of at most 100 people were invited before, and count no more against the event's limit.
        package var readInvited: @Sendable (EventUID, [EmailAddress]) async throws -> Set<EmailAddress>
        package var reserve: @Sendable (Reservation) async throws -> Reservation.Outcome
        package var enqueue: @Sendable ([SendJob]) async throws -> Void
        package var notify: @Sendable (Notice) async throws -> Void

        package init(
            readEvent: @escaping @Sendable (EventUID) async throws -> Event?,
            readOrganizer: @escaping @Sendable (EmailAddress) async throws -> Organizer?,
            readPersons: @escaping @Sendable ([EmailAddress]) async throws -> [EmailAddress: Person],
            readInvited: @escaping @Sendable (EventUID, [EmailAddress]) async throws -> Set<EmailAddress>,
            reserve: @escaping @Sendable (Reservation) async throws -> Reservation.Outcome,
            enqueue: @escaping @Sendable ([SendJob]) async throws -> Void,
            notify: @escaping @Sendable (Notice) async throws -> Void
        ) {
            self.readEvent = readEvent
            self.readOrganizer = readOrganizer
            self.readPersons = readPersons
            self.readInvited = readInvited
            self.reserve = reserve
            self.enqueue = enqueue
            self.notify = notify
        }
    }

    /// Somebody handed over: the service's own name for them, and what it knows.
    package struct Candidate: Sendable {
        package var id: String
        package var data: JSON

        package init(id: String, data: JSON) {
            self.id = id
            self.data = data
        }
    }

    private let ports: Ports
    private let inviteLimit: Int

    /// - Parameter inviteLimit: people one event may invite where nothing else was settled for its organizer.
    package init(ports: Ports, inviteLimit: Int) {
        self.ports = ports
        self.inviteLimit = inviteLimit
    }

    /// - Parameter event: text that names the event's UID.
    /// - Returns: what became of each, in order: `queued`, a `DropReason`, or what is wrong with the event.
    package func invite(
        _ people: [Candidate], toEventIn event: String, origin: Origin
    ) async throws -> [(id: String, outcome: String)] {
        func all(_ outcome: String) -> [(id: String, outcome: String)] { people.map { ($0.id, outcome) } }
        guard let uid = EventUID.first(in: event) else { return all("no_event_uid") }
        guard let event = try await ports.readEvent(uid) else { return all("unknown_event") }
        guard event.status != .cancelled else { return all("event_cancelled") }
        let organizer = try await ports.readOrganizer(event.organizer)
        guard organizer?.isSuspended != true else { return all("organizer_suspended") }
        let rules = RowRules()
        let rows = people.map { rules.row(object: $0.data) }
        let addresses = Set(rows.compactMap { if case .recipient(let found) = $0 { found.address } else { nil } })
        var persons: [EmailAddress: Person] = [:]
        var invited: Set<EmailAddress> = []
        for hundred in Array(addresses).pieces(of: 100) {
            persons.merge(try await ports.readPersons(hundred)) { $1 }
            invited.formUnion(try await ports.readInvited(uid, hundred))
        }
        let new = addresses.filter { !invited.contains($0) && persons[$0]?.refuses(event.organizer) != true }
        var room = try await reserve(new.count, for: addresses, of: event, organizer)
        var outcomes: [(id: String, outcome: String)] = []
        var recipients: [Recipient] = []
        var decided: [EmailAddress: Bool] = [:]
        for (person, row) in zip(people, rows) {
            switch row {
            case .dropped(let reason, _): outcomes.append((person.id, reason.rawValue))
            case .recipient(let recipient):
                let address = recipient.address
                if persons[address]?.refuses(event.organizer) == true {
                    outcomes.append((person.id, DropReason.suppressed.rawValue))
                    continue
                }
                // Two profiles of one address are both answered for, and get one mail.
                if decided[address] == nil {
                    let hasRoom = invited.contains(address) || room > 0
                    if hasRoom { recipients.append(recipient) }
                    if new.contains(address) { room -= 1 }
                    decided[address] = hasRoom
                }
                outcomes.append((person.id, decided[address] == true ? "queued" : DropReason.overLimit.rawValue))
            }
        }
        if !recipients.isEmpty {
            try await ports.enqueue(
                recipients.pieces(of: SendJob.chunkSize).map {
                    SendJob(event: uid, work: .recipients($0, origin: origin))
                })
        }
        return outcomes
    }

    /// How many of the new people there is room for. The same people handed over again are one reservation.
    private func reserve(
        _ wanted: Int, for people: Set<EmailAddress>, of event: Event, _ organizer: Organizer?
    ) async throws -> Int {
        guard wanted > 0 else { return 0 }
        let limit = organizer?.inviteLimit ?? inviteLimit
        let outcome = try await ports.reserve(
            Reservation(event: event.uid, id: Reservation.id(of: people), wanted: wanted, limit: limit))
        if outcome.refused > 0 { try await ports.notify(.limitReached(event, limit: limit)) }
        return outcome.granted
    }
}
