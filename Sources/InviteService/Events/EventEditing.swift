import ICalendar
import MailMessage
import Scheduling

/// Makes, changes and cancels events for holders of a key, by the same rules as an organizer's mail.
package struct EventEditing: Sendable {
    package struct Ports: Sendable {
        package var readKey: @Sendable (_ hash: String) async throws -> APIKey?
        package var recordKeyUse: @Sendable (_ hash: String, _ now: Int64) async throws -> Void
        package var recording: EventRecording.Ports

        package init(
            readKey: @escaping @Sendable (_ hash: String) async throws -> APIKey?,
            recordKeyUse: @escaping @Sendable (_ hash: String, _ now: Int64) async throws -> Void,
            recording: EventRecording.Ports
        ) {
            self.readKey = readKey
            self.recordKeyUse = recordKeyUse
            self.recording = recording
        }
    }

    package enum Input: Sendable {
        /// text/calendar.
        case calendar([UInt8])
        case fields(EventFields)
    }

    package enum Failure: Error, Sendable, Equatable {
        /// No such event, or none this key may see.
        case notFound
        /// The owner's key is nobody's: it must name the organizer.
        case missingOrganizer
        case otherOrganizer
        case cancelled
        /// The new start came without an end.
        case missingEnd
        /// The calendar object is of another event.
        case otherEvent
        case refused(RefusalReason)
        /// Something newer is known.
        case outdated
    }

    private let ports: Ports
    private let recording: EventRecording
    private let updates: UpdateAudience

    /// - Parameters:
    ///   - updates: who is told of changes of a new event that says nothing of it.
    ///   - eventLimit: events of an organizer for whom nothing else was settled.
    package init(
        ports: Ports, addresses: MailAddresses, secret: ServiceSecret, updates: UpdateAudience = .everyone,
        eventLimit: Int
    ) {
        self.ports = ports
        self.updates = updates
        recording = EventRecording(
            ports: ports.recording, domain: addresses.domain, secret: secret, eventLimit: eventLimit)
    }

    /// Makes an event, or changes the one that its organizer calls by the same UID.
    ///
    /// - Parameters:
    ///   - clientUID: what the caller calls the event; a call repeated with it makes no second event.
    ///   - organizer: must be given with the owner's key.
    package func put(
        _ input: Input, clientUID: String?, organizer: EmailAddress?, key: String?
    ) async throws -> (event: Event, isNew: Bool) {
        let organizer = try await self.organizer(organizer, key: key)
        switch input {
        case .calendar(let bytes): return try await record(try message(bytes), by: organizer, updates: nil)
        case .fields(let fields):
            let message = try readable {
                try APIMessage.describing(
                    fields, uid: clientUID ?? "\(Campaign.newID())@api", now: ports.recording.now())
            }
            return try await record(message, by: organizer, updates: fields.updates)
        }
    }

    package func change(_ uid: String, by input: Input, key: String?) async throws -> Event {
        let event = try await authorized(uid, key: key)
        guard event.status != .cancelled else { throw Failure.cancelled }
        switch input {
        case .calendar(let bytes):
            let message = try message(bytes)
            guard recording.uid(of: message, from: event.organizer) == event.uid else { throw Failure.otherEvent }
            return try await record(message, by: event.organizer, updates: nil).event
        case .fields(let fields):
            let calendar = try await recording.calendar(of: event)
            let message = try readable {
                try APIMessage.changing(event, calendar, by: fields, now: ports.recording.now())
            }
            guard let message else { throw Failure.missingEnd }
            return try await record(message, by: event.organizer, updates: fields.updates).event
        }
    }

    /// Cancels the event, or one date of it. What is cancelled already stays so.
    ///
    /// - Parameter instance: the date's original start in epoch seconds.
    package func cancel(_ uid: String, instance: Int64?, key: String?) async throws -> Event {
        let event = try await authorized(uid, key: key)
        if event.status == .cancelled { return event }
        let calendar = try await recording.calendar(of: event)
        let now = ports.recording.now()
        let message = try readable {
            if let instance { return try APIMessage.cancelling(instance: instance, of: event, calendar, now: now) }
            return try APIMessage.cancelling(event, calendar, now: now)
        }
        return try await record(message, by: event.organizer, updates: nil).event
    }

    private func record(
        _ message: OrganizerMessage, by organizer: EmailAddress, updates: UpdateAudience?
    ) async throws -> (event: Event, isNew: Bool) {
        let source = EventRecording.Source(
            organizer: organizer, organizerName: nil, messageID: "api-\(Campaign.newID())", updates: self.updates,
            settledUpdates: updates, noun: "request")
        switch try await recording.receive(message, from: source) {
        case .created(let event): return (event, true)
        case .changed(let event, _), .unchanged(let event), .repeated(let event): return (event, false)
        case .outdated: throw Failure.outdated
        case .refused(let reason): throw Failure.refused(reason)
        }
    }

    private func message(_ bytes: [UInt8]) throws -> OrganizerMessage {
        let parsed = ICalendar.parse(bytes)
        guard let calendar = parsed.calendars.first(where: { !$0.components("VEVENT").isEmpty }) else {
            let detail = parsed.problems.first.map { "line \($0.line): \($0.message)" } ?? "it holds no VEVENT"
            throw Failure.refused(RefusalReason(CalendarMail.Failure.unreadable(detail: detail), in: "request"))
        }
        var method: Method?
        if let name = calendar.first("METHOD")?.value, !name.isEmpty {
            guard let known = Method(rawValue: name.uppercased()) else {
                throw Failure.refused(RefusalReason(CalendarMail.Failure.unknownMethod(name), in: "request"))
            }
            method = known
        }
        return try readable { try OrganizerMessage(CalendarMail(calendar: calendar, method: method)) }
    }

    private func readable<Value>(_ read: () throws -> Value) throws -> Value {
        do {
            return try read()
        } catch let failure as OrganizerMessage.Failure {
            throw Failure.refused(RefusalReason(failure, in: "request"))
        }
    }

    private func holder(of key: String?) async throws -> APIKey {
        try await KeyCheck(read: ports.readKey, recordUse: ports.recordKeyUse, now: ports.recording.now).holder(of: key)
    }

    private func organizer(_ named: EmailAddress?, key: String?) async throws -> EmailAddress {
        switch try await holder(of: key).scope {
        case .owner:
            guard let named else { throw Failure.missingOrganizer }
            return named
        case .organizer(let own):
            guard named == nil || named == own else { throw Failure.otherOrganizer }
            return own
        }
    }

    private func authorized(_ uid: String, key: String?) async throws -> Event {
        let known = try await holder(of: key)
        guard let uid = EventUID(uid), let event = try await ports.recording.readEvent(uid),
            known.allows(event.organizer)
        else { throw Failure.notFound }
        return event
    }
}
