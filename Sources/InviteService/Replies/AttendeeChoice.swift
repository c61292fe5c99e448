import MailMessage

/// What an attendee does on the pages that their invitation links to: answer, unsubscribe, block the organizer.
package struct AttendeeChoice: Sendable {
    package struct Ports: Sendable {
        package var readEvent: @Sendable (EventUID) async throws -> Event?
        package var readCalendar: @Sendable (Event) async throws -> [UInt8]
        /// As `ReplyIntake.Ports.record`.
        package var record: @Sendable (ReplyIntake.Answer) async throws -> ReplyIntake.RecordResult
        package var unsubscribe: @Sendable (EmailAddress, _ now: Int64) async throws -> Void
        package var resubscribe: @Sendable (EmailAddress) async throws -> Void
        package var block: @Sendable (EmailAddress, _ organizer: EmailAddress) async throws -> Void
        package var unblock: @Sendable (EmailAddress, _ organizer: EmailAddress) async throws -> Void
        /// Epoch seconds.
        package var now: @Sendable () -> Int64

        package init(
            readEvent: @escaping @Sendable (EventUID) async throws -> Event?,
            readCalendar: @escaping @Sendable (Event) async throws -> [UInt8],
            record: @escaping @Sendable (ReplyIntake.Answer) async throws -> ReplyIntake.RecordResult,
            unsubscribe: @escaping @Sendable (EmailAddress, _ now: Int64) async throws -> Void,
            resubscribe: @escaping @Sendable (EmailAddress) async throws -> Void,
            block: @escaping @Sendable (EmailAddress, _ organizer: EmailAddress) async throws -> Void,
            unblock: @escaping @Sendable (EmailAddress, _ organizer: EmailAddress) async throws -> Void,
            now: @escaping @Sendable () -> Int64
        ) {
            self.readEvent = readEvent
            self.readCalendar = readCalendar
            self.record = record
            self.unsubscribe = unsubscribe
            self.resubscribe = resubscribe
            self.block = block
            self.unblock = unblock
            self.now = now
        }
    }

    package enum Failure: Error, Sendable, Equatable {
        /// The link is damaged, made up, or to what is no more.
        case unknownLink
        case cancelled
        /// The one date of the series was cancelled, or is no more.
        case unknownDate
    }

    private let ports: Ports
    private let secret: ServiceSecret

    package init(ports: Ports, secret: ServiceSecret) {
        self.ports = ports
        self.secret = secret
    }

    package func link(_ text: String) throws(Failure) -> AttendeeLink {
        guard let link = AttendeeLink(text, secret: secret) else { throw .unknownLink }
        return link
    }

    /// What is to be answered.
    ///
    /// - Parameter date: one date of the series, by its original start in epoch seconds.
    package func event(of link: AttendeeLink, date: Int64? = nil) async throws -> EventDescription {
        try await description(of: try await currentEvent(of: link), date)
    }

    /// Records the answer, unless a newer one is there already.
    ///
    /// - Parameter date: the one date of the series that is answered, by its original start in epoch seconds.
    package func answer(
        _ answer: WebAnswer, by link: AttendeeLink, date: Int64? = nil
    ) async throws -> (event: EventDescription, isRecorded: Bool) {
        let event = try await currentEvent(of: link)
        let description = try await description(of: event, date)
        let now = ports.now()
        var reply = ReplyIntake.Answer(
            event: event, attendee: link.attendee, name: nil, response: answer.response,
            stamp: ReplyStamp(
                sequence: date.map(event.leastSequence) ?? event.answerSequence, stamp: now, sent: now),
            instance: date, comment: nil, client: Self.client, received: now)
        reply.isCalendarReceipt = false
        let result = try await ports.record(reply)
        guard result != .notInvited else { throw Failure.unknownLink }
        return (description, result == .recorded)
    }

    private func description(of event: Event, _ date: Int64?) async throws -> EventDescription {
        let calendar = try await ports.readCalendar(event)
        guard let date else { return EventDescription(event: event, calendar: calendar) }
        guard let description = EventDescription(event: event, calendar: calendar, date: date) else {
            throw Failure.unknownDate
        }
        return description
    }

    package func unsubscribe(_ link: AttendeeLink) async throws {
        try await ports.unsubscribe(link.attendee, ports.now())
    }

    /// Takes back what they did themselves. An address that mail came back from stays suppressed.
    package func resubscribe(_ link: AttendeeLink) async throws {
        try await ports.resubscribe(link.attendee)
    }

    /// Who would be blocked: the event may be cancelled or over.
    package func organizer(of link: AttendeeLink) async throws -> Event {
        guard let event = try await ports.readEvent(link.event) else { throw Failure.unknownLink }
        return event
    }

    package func block(_ link: AttendeeLink) async throws -> Event {
        let event = try await organizer(of: link)
        try await ports.block(link.attendee, event.organizer)
        return event
    }

    package func unblock(_ link: AttendeeLink) async throws -> Event {
        let event = try await organizer(of: link)
        try await ports.unblock(link.attendee, event.organizer)
        return event
    }

    /// What the statistics call answers from a page.
    private static let client = "Web page"

    private func currentEvent(of link: AttendeeLink) async throws -> Event {
        guard let event = try await ports.readEvent(link.event) else { throw Failure.unknownLink }
        guard event.status != .cancelled else { throw Failure.cancelled }
        return event
    }
}
