import ICalendar
import MailMessage
import Scheduling

/// What a page says of an event.
package struct EventDescription: Sendable, Equatable {
    package var title: String
    package var when: String
    package var location: String
    package var organizer: String
    /// May have several lines.
    package var text: String

    /// - Parameter calendar: the stored calendar object of the event's revision.
    package init(event: Event, calendar: [UInt8]) {
        title = event.summary.isEmpty ? "(no title)" : event.summary
        when = ICalendar.parse(calendar).calendars.first.map { EventTime.text(of: $0) } ?? ""
        location = event.location
        text = event.description
        organizer = event.organizerName ?? event.organizer.description
    }
}
