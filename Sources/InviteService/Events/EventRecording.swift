import ICalendar
import MailMessage
import Scheduling
import SigV4

/// Carries out what an organizer says about an event, by mail or by API: decides, stores, and has everybody told who
/// has the event.
package struct EventRecording: Sendable {
    package struct Ports: Sendable {
        package var readEvent: @Sendable (EventUID) async throws -> Event?
        /// The calendar object behind a head.
        package var readCalendar: @Sendable (Event) async throws -> [UInt8]
        /// `name` is `Event.calendar`.
        package var writeCalendar: @Sendable (EventUID, _ name: String, [UInt8]) async throws -> Void
        package var readOrganizer: @Sendable (EmailAddress) async throws -> Organizer?
        /// Writes the head of a new event and counts it for its organizer, both or neither.
        package var createEvent: @Sendable (Event, _ limit: Int) async throws -> Creation
        /// Writes the head if the stored revision is still the given one; says whether it did.
        package var writeEvent: @Sendable (Event, _ replacing: Int) async throws -> Bool
        package var stage: @Sendable (StageJob) async throws -> Void
        /// Epoch seconds.
        package var now: @Sendable () -> Int64

        package init(
            readEvent: @escaping @Sendable (EventUID) async throws -> Event?,
            readCalendar: @escaping @Sendable (Event) async throws -> [UInt8],
            writeCalendar: @escaping @Sendable (EventUID, _ name: String, [UInt8]) async throws -> Void,
            readOrganizer: @escaping @Sendable (EmailAddress) async throws -> Organizer?,
            createEvent: @escaping @Sendable (Event, _ limit: Int) async throws -> Creation,
            writeEvent: @escaping @Sendable (Event, _ replacing: Int) async throws -> Bool,
            stage: @escaping @Sendable (StageJob) async throws -> Void,
            now: @escaping @Sendable () -> Int64
        ) {
            self.readEvent = readEvent
            self.readCalendar = readCalendar
            self.writeCalendar = writeCalendar
            self.readOrganizer = readOrganizer
            self.createEvent = createEvent
            self.writeEvent = writeEvent
            self.stage = stage
            self.now = now
        }
    }

    package enum Creation: Sendable, Equatable {
        case created
        /// Somebody else made it first.
        case exists
        /// The organizer has as many events as they may.
        case limitReached
    }

    /// Who says it, and in which message.
    package struct Source: Sendable {
        /// Proven.
        package var organizer: EmailAddress
        package var organizerName: String?
        /// Tells a repeated delivery from a new message.
        package var messageID: String
        /// Of an event that this makes.
        package var updates: UpdateAudience
        /// Settles it anew for an event that is known as well.
        package var settledUpdates: UpdateAudience?
        /// What the message is called in a refusal.
        package var noun: String

        package init(
            organizer: EmailAddress, organizerName: String?, messageID: String, updates: UpdateAudience,
            settledUpdates: UpdateAudience? = nil, noun: String = "mail"
        ) {
            self.organizer = organizer
            self.organizerName = organizerName
            self.messageID = messageID
            self.updates = updates
            self.settledUpdates = settledUpdates
            self.noun = noun
        }
    }

    package enum Outcome: Sendable, Equatable {
        case created(Event)
        case changed(Event, SeriesChange)
        /// A message that says what is known already.
        case unchanged(Event)
        /// Delivered before; nothing changed.
        case repeated(Event)
        case outdated(Event)
        case refused(RefusalReason)
    }

    package enum Failure: Error, Sendable, Equatable {
        case calendarNotStored(EventUID)
        /// Another message about the same event kept winning.
        case contention(EventUID)
    }

    private let ports: Ports
    private let domain: String
    private let secret: ServiceSecret
    private let eventLimit: Int

    /// - Parameter eventLimit: events of an organizer for whom nothing else was settled.
    package init(ports: Ports, domain: String, secret: ServiceSecret, eventLimit: Int) {
        self.ports = ports
        self.domain = domain
        self.eventLimit = eventLimit
        self.secret = secret
    }

    /// The event that a message of the organizer is about.
    package func uid(of message: OrganizerMessage, from organizer: EmailAddress) -> EventUID {
        EventUID(organizer: organizer, clientUID: message.uid, secret: secret.eventUIDKey)
    }

    package func receive(_ message: OrganizerMessage, from source: Source) async throws -> Outcome {
        let uid = uid(of: message, from: source.organizer)
        let organizer = try await ports.readOrganizer(source.organizer)
        if organizer?.isSuspended == true { return .refused(.suspended) }
        // A write that loses to another message about the event is decided again on what that one left.
        for _ in 0..<5 {
            let known = try await ports.readEvent(uid)
            if let known, known.sourceMessage == source.messageID {
                try await spread(known)
                return .repeated(known)
            }
            let (series, change) = EventSeries.receive(message, in: try await self.series(of: known))
            switch change {
            case .unknownEvent: return .refused(.unknownEvent(message.action, in: source.noun))
            case .unknownInstance(let instance):
                return .refused(.unknownInstance(instance, in: source.noun))
            case .created, .updated, .instances, .cancelled, .unchanged, .outdated: break
            }
            if let known, change == .outdated || series == nil {
                try await spread(known)
                return .outdated(known)
            }
            guard let series else { return .refused(.unknownEvent(message.action, in: source.noun)) }
            let calendar = ICalendar.serialize(series.calendar)
            var next = Event(
                after: known, uid: uid, message, series, change, calendar: SHA256.hex(calendar),
                organizer: source.organizer, organizerName: source.organizerName, domain: domain,
                messageID: source.messageID, updates: source.updates, now: ports.now())
            if let updates = source.settledUpdates { next.updates = updates }
            if next.calendar != known?.calendar { try await ports.writeCalendar(uid, next.calendar, calendar) }
            if let known {
                guard try await ports.writeEvent(next, known.revision) else { continue }
            } else {
                let limit = organizer?.eventLimit ?? eventLimit
                switch try await ports.createEvent(next, limit) {
                case .created: break
                case .exists: continue
                case .limitReached: return .refused(.eventLimit(limit))
                }
            }
            try await spread(next)
            switch change {
            case .created: return .created(next)
            case .unchanged: return .unchanged(next)
            default: return .changed(next, change)
            }
        }
        throw Failure.contention(uid)
    }

    /// Queues the job that tells everybody of the latest revision, if that may not have been done: the message that
    /// changed the event may have ended before it, and not come again.
    private func spread(_ event: Event) async throws {
        guard event.spreadRevision < event.revision else { return }
        try await ports.stage(StageJob(event: event.uid, revision: event.revision))
    }

    /// The event as its organizer described it.
    package func calendar(of event: Event) async throws -> Component {
        guard let calendar = ICalendar.parse(try await ports.readCalendar(event)).calendars.first else {
            throw Failure.calendarNotStored(event.uid)
        }
        return calendar
    }

    private func series(of event: Event?) async throws -> EventSeries? {
        guard let event else { return nil }
        return EventSeries(
            calendar: try await calendar(of: event),
            version: MessageVersion(sequence: event.sourceSequence, stamp: event.sourceStamp),
            isCancelled: event.status == .cancelled)
    }
}
