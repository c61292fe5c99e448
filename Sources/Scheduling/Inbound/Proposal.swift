import ICalendar

/// Another time for an event or instance, as an attendee would like it (METHOD:COUNTER).
package struct Proposal: Sendable, Equatable {
    /// Epoch seconds; a date counts as midnight UTC.
    package var start: Int64
    package var end: Int64?
    /// The time in words, in the attendee's zone.
    package var when: String

    package init(start: Int64, end: Int64?, when: String) {
        self.start = start
        self.end = end
        self.when = when
    }

    /// nil without a start, or with one in a zone nobody knows.
    init?(_ event: Component, of calendar: Component, _ zones: ZoneResolver) {
        let view = EventView(event)
        guard let start = view.start.flatMap({ zones.epochSeconds($0) }) else { return nil }
        var alone = calendar
        alone.components.removeAll { $0.name == "VEVENT" }
        alone.components.append(event)
        self.init(
            start: start, end: EventSpan.seconds(of: view, zones).map { start + $0 }, when: EventTime.text(of: alone))
    }
}
