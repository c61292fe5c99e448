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
        package var enqueue: @Sendable ([SendJob]) async throws -> Void

        package init(
            readEvent: @escaping @Sendable (EventUID) async throws -> Event?,
            readOrganizer: @escaping @Sendable (EmailAddress) async throws -> Organizer?,
            readPersons: @escaping @Sendable ([EmailAddress]) async throws -> [EmailAddress: Person],
            enqueue: @escaping @Sendable ([SendJob]) async throws -> Void
        ) {
            self.readEvent = readEvent
            self.readOrganizer = readOrganizer
            self.readPersons = readPersons
            self.enqueue = enqueue
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

    package init(ports: Ports) { self.ports = ports }

    /// - Parameter event: text that names the event's UID.
    /// - Returns: what became of each, in order: `queued`, a `DropReason`, or what is wrong with the event.
    package func invite(
        _ people: [Candidate], toEventIn event: String, origin: Origin
    ) async throws -> [(id: String, outcome: String)] {
        func all(_ outcome: String) -> [(id: String, outcome: String)] { people.map { ($0.id, outcome) } }
        guard let uid = EventUID.first(in: event) else { return all("no_event_uid") }
        guard let event = try await ports.readEvent(uid) else { return all("unknown_event") }
        guard event.status != .cancelled else { return all("event_cancelled") }
        guard try await ports.readOrganizer(event.organizer)?.isSuspended != true else {
            return all("organizer_suspended")
        }
        let rules = RowRules()
        var outcomes: [(id: String, outcome: String)] = []
        var recipients: [Recipient] = []
        var seen: Set<EmailAddress> = []
        let rows = people.map { rules.row(object: $0.data) }
        var persons: [EmailAddress: Person] = [:]
        let addresses = Set(rows.compactMap { if case .recipient(let found) = $0 { found.address } else { nil } })
        for hundred in Array(addresses).chunks(of: 100) { persons.merge(try await ports.readPersons(hundred)) { $1 } }
        for (person, row) in zip(people, rows) {
            switch row {
            case .dropped(let reason, _): outcomes.append((person.id, reason.rawValue))
            case .recipient(let recipient):
                if persons[recipient.address]?.refuses(event.organizer) == true {
                    outcomes.append((person.id, DropReason.suppressed.rawValue))
                } else {
                    // Two profiles of one address are both answered for, and get one mail.
                    if seen.insert(recipient.address).inserted { recipients.append(recipient) }
                    outcomes.append((person.id, "queued"))
                }
            }
        }
        if !recipients.isEmpty {
            try await ports.enqueue(
                recipients.chunks(of: SendJob.chunkSize).map {
                    SendJob(event: uid, work: .recipients($0, origin: origin))
                })
        }
        return outcomes
    }
}

extension Array {
    fileprivate func chunks(of size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
