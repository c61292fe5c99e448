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
    /// Set for one date of a series: its original start in epoch seconds.
    package var date: Int64?

    /// - Parameter calendar: the stored calendar object of the event's revision.
    package init(event: Event, calendar: [UInt8]) {
        self.init(event, EventWords(event), ICalendar.parse(calendar).calendars.first)
    }

    /// One date of the series, of those that attendees were told of by themselves.
    ///
    /// - Returns: nil if there is none, or no longer.
    package init?(event: Event, calendar: [UInt8], date: Int64) {
        guard let calendar = ICalendar.parse(calendar).calendars.first else { return nil }
        let excerpt = OutgoingContent.instances([date]).excerpt(of: calendar)
        guard let instance = excerpt.components("VEVENT").last, EventView(instance).status != "CANCELLED" else {
            return nil
        }
        self.init(event, EventWords(event, date: instance), excerpt)
        self.date = date
    }

    private init(_ event: Event, _ words: EventWords, _ calendar: Component?) {
        title = words.title
        when = calendar.map { EventTime.text(of: $0) } ?? ""
        location = words.location
        text = words.description
        organizer = event.organizerName ?? event.organizer.description
    }
}
