import ICalendar
import MailMessage
import Scheduling

/// What a page says of an event.
package struct EventDescription: Sendable, Equatable {
    package var title: String
    package var when: String
    package var location: String
    package var organizer: String

    /// - Parameter calendar: the stored calendar object of the event's revision.
    package init(event: Event, calendar: [UInt8]) {
        title = event.summary.isEmpty ? "(no title)" : event.summary
        when = ICalendar.parse(calendar).calendars.first.map { EventTime.text(of: $0) } ?? ""
        location = event.location
        organizer = event.organizerName ?? event.organizer.description
    }
}
