import ICalendar

/// Where attendees who are not there in person join.
package enum OnlineMeeting {
    /// The first web address of the calendar object's event or series by which to join; `nil` without one.
    package static func link(of calendar: Component) -> String? {
        let events = calendar.components("VEVENT")
        guard let master = events.first(where: { $0.first("RECURRENCE-ID") == nil }) ?? events.first else { return nil }
        return EventView(master).conferences.lazy.compactMap { OutgoingURI.text(of: $0.uri) }
            .first { $0.lowercased().hasPrefix("https://") }
    }
}
