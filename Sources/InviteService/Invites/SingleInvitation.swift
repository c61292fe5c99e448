import Audience
import ICalendar
import MailMessage
import Scheduling

/// Takes requests of anybody for an invitation to a public event. Whoever knows an event's UID may ask, for any
/// address, so requests are counted and what people and the domain's owner have said against it is respected.
package struct SingleInvitation: Sendable {
    package struct Ports: Sendable {
        package var readEvent: @Sendable (EventUID) async throws -> Event?
        package var readCalendar: @Sendable (Event) async throws -> [UInt8]
        package var readOrganizer: @Sendable (EmailAddress) async throws -> Organizer?
        package var readPersons: @Sendable ([EmailAddress]) async throws -> [EmailAddress: Person]
        /// Counts a request in this hour; false when that would be more than the limit.
        package var admit: @Sendable (RateScope, _ hour: Int64, _ limit: Int) async throws -> Bool
        /// Counts an invitation to the event; false when that would be more than the limit. Who has been invited before
        /// does not count.
        package var reserve: @Sendable (EventUID, EmailAddress, _ limit: Int) async throws -> Bool
        package var enqueue: @Sendable (SendJob) async throws -> Void
        package var notify: @Sendable (Notice) async throws -> Void
        /// Epoch seconds.
        package var now: @Sendable () -> Int64

        package init(
            readEvent: @escaping @Sendable (EventUID) async throws -> Event?,
            readCalendar: @escaping @Sendable (Event) async throws -> [UInt8],
            readOrganizer: @escaping @Sendable (EmailAddress) async throws -> Organizer?,
            readPersons: @escaping @Sendable ([EmailAddress]) async throws -> [EmailAddress: Person],
            admit: @escaping @Sendable (RateScope, _ hour: Int64, _ limit: Int) async throws -> Bool,
            reserve: @escaping @Sendable (EventUID, EmailAddress, _ limit: Int) async throws -> Bool,
            enqueue: @escaping @Sendable (SendJob) async throws -> Void,
            notify: @escaping @Sendable (Notice) async throws -> Void, now: @escaping @Sendable () -> Int64
        ) {
            self.readEvent = readEvent
            self.readCalendar = readCalendar
            self.readOrganizer = readOrganizer
            self.readPersons = readPersons
            self.admit = admit
            self.reserve = reserve
            self.enqueue = enqueue
            self.notify = notify
            self.now = now
        }
    }

    package enum Failure: Error, Sendable, Equatable {
        case unknownEvent
        case cancelled
        case suspended
        /// A list's origin, for an organizer who may not send to lists.
        case bulkNotPermitted
        /// The address wants nothing of this organizer, or takes no mail.
        case addressRefuses
        /// As many were invited to the event as its organizer may invite.
        case full
        /// Seconds until the count starts anew.
        case tooMany(retryAfter: Int64)
    }

    private let ports: Ports
    package let rules: InviteRules

    package init(ports: Ports, rules: InviteRules) {
        self.ports = ports
        self.rules = rules
    }

    /// The event that the page is about.
    package func event(_ uid: String) async throws -> EventDescription {
        let event = try await openEvent(uid)
        return EventDescription(event: event, calendar: try await ports.readCalendar(event))
    }

    /// The event as a calendar file, for those who keep it without an invitation.
    package func calendarFile(of uid: String, addresses: MailAddresses) async throws -> [UInt8] {
        let event = try await openEvent(uid)
        guard let calendar = ICalendar.parse(try await ports.readCalendar(event)).calendars.first else {
            throw Failure.unknownEvent
        }
        return PublishedCalendar.bytes(
            of: calendar, uid: event.uid.calendarUID(domain: addresses.domain), sequence: event.sequence,
            organizer: addresses.invitation, organizerName: event.organizerName, stamp: event.lastModified)
    }

    /// Queues the invitation. Who was sent the event's current revision before gets nothing again.
    ///
    /// - Parameter sourceIP: of the request.
    package func queue(_ request: InviteRequest, to uid: String, sourceIP: String) async throws -> Event {
        let event = try await openEvent(uid)
        let organizer = try await ports.readOrganizer(event.organizer)
        guard organizer?.isSuspended != true else { throw Failure.suspended }
        guard organizer?.mayBulk == true || !request.origin.needsBulkPermission else { throw Failure.bulkNotPermitted }
        let address = request.recipient.address
        try await count(
            [
                (RateScope.network(of: sourceIP), rules.limits.perSource),
                (.address(address), rules.limits.perAddress), (.event(event.uid), rules.limits.perEvent),
            ])
        guard try await ports.readPersons([address])[address]?.refuses(event.organizer) != true else {
            throw Failure.addressRefuses
        }
        let limit = organizer?.inviteLimit ?? rules.invitesPerEvent
        guard try await ports.reserve(event.uid, address, limit) else {
            try await ports.notify(.limitReached(event, limit: limit))
            throw Failure.full
        }
        try await ports.enqueue(
            SendJob(event: event.uid, work: .recipients([request.recipient], origin: request.origin)))
        return event
    }

    private func openEvent(_ uid: String) async throws -> Event {
        guard let uid = EventUID(uid), let event = try await ports.readEvent(uid) else { throw Failure.unknownEvent }
        guard event.status != .cancelled else { throw Failure.cancelled }
        return event
    }

    private func count(_ scopes: [(RateScope, limit: Int)]) async throws {
        let now = ports.now()
        for (scope, limit) in scopes {
            guard try await ports.admit(scope, now / 3600, limit) else {
                throw Failure.tooMany(retryAfter: 3600 - now % 3600)
            }
        }
    }
}
