/// What the engine makes of an event beyond its `EventSummary`: instants, further and excluded dates, where it takes place
/// online, and what comes with it.
package struct EventDetails: Sendable, Equatable {
    /// Seconds since 1970-01-01T00:00:00Z; dates and floating times count as UTC. `nil` in a zone nobody knows.
    package var startSeconds: Int64?
    /// Likewise; exclusive. By DTEND, DURATION, or what the standard says of neither.
    package var endSeconds: Int64?
    /// RECURRENCE-ID has RANGE=THISANDFUTURE.
    package var coversFuture: Bool
    /// RRULE as it was understood; `nil` for one that was not.
    package var rule: String?
    package var rdates: [String]
    package var exdates: [String]
    /// Who sends for the organizer, as in `CalendarUser.address`.
    package var sentBy: String?
    package var conferences: [Conference]
    package var attachments: [Attachment]
    package var position: GeographicPosition?
    package var categories: [String]
    package var description: String?
    package var styledDescription: String?

    init(_ event: EventView, _ zones: ZoneResolver) {
        let clock = event.start.flatMap { InstanceClock($0, zones: zones, floatingIn: .utc) }
        let interval = event.start.flatMap { clock?.interval(of: event, startingAt: $0) }
        (startSeconds, endSeconds) = (interval?.0, interval?.1)
        coversFuture = event.coversFuture
        rule = event.recurrenceRule?.text
        rdates = event.rdates.map(\.text)
        exdates = event.exdates.map(\.text)
        sentBy = event.organizer?.sentBy
        conferences = event.conferences
        attachments = event.attachments
        position = event.position
        categories = event.categories
        description = event.description
        styledDescription = event.styledDescription
    }

    /// Of the events and to-dos of a calendar, in order.
    package static func all(in calendar: Component) -> [EventDetails] {
        let zones = ZoneResolver(calendar: calendar)
        return EventView.all(in: calendar).map { EventDetails($0, zones) }
    }
}
