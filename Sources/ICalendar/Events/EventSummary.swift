/// The facts of one event or to-do in a fixed form, for lists and for `calinvite inspect`.
package struct EventSummary: Sendable, Equatable {
    /// `VEVENT` or `VTODO`.
    package var type: String
    package var uid: String?
    package var recurrenceID: String?
    /// The TZID of the RECURRENCE-ID.
    package var recurrenceTZID: String?
    package var sequence: Int?
    package var dtstamp: String?
    package var dtstart: String?
    /// The TZID of the DTSTART.
    package var tzid: String?
    package var allDay: Bool
    package var dtend: String?
    package var duration: String?
    package var rrule: String?
    /// The number of dates excluded.
    package var exdates: Int
    package var status: String?
    package var summary: String?
    package var location: String?
    /// The address, in lower case and without `mailto:`.
    package var organizer: String?
    package var attendees: [Attendee]

    package struct Attendee: Sendable, Equatable {
        /// The address, in lower case and without `mailto:`.
        package var email: String
        package var partstat: String
        package var role: String?
        package var rsvp: Bool
        package var cn: String?
    }

    package init(_ event: EventView) {
        type = event.component.name
        uid = event.uid
        recurrenceID = Self.date(event.component.first("RECURRENCE-ID"))
        recurrenceTZID = event.recurrenceID?.tzid
        sequence = event.sequence
        dtstamp = Self.date(event.component.first("DTSTAMP"))
        dtstart = Self.date(event.component.first("DTSTART"))
        tzid = event.start?.tzid
        allDay = event.start?.isDate ?? false
        dtend = Self.date(event.endProperty)
        duration = event.duration?.text
        rrule = event.rrule
        exdates = event.exdates.count
        status = event.status
        summary = event.summary
        location = event.location
        organizer = event.organizer?.address
        attendees = event.attendees.map { attendee in
            Attendee(
                email: attendee.user.address, partstat: attendee.partstat.text, role: attendee.role,
                rsvp: attendee.rsvp ?? false, cn: attendee.user.commonName)
        }
    }

    /// A value that is no date is shown as it stands.
    private static func date(_ property: Property?) -> String? {
        guard let property, !property.value.isEmpty else { return nil }
        return DateValue(property)?.text ?? property.value
    }

    /// The events and to-dos of a calendar, in order.
    package static func all(in calendar: Component) -> [EventSummary] {
        EventView.all(in: calendar).map { EventSummary($0) }
    }
}
