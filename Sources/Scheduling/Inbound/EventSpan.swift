import ICalendar

/// How long an event lasts.
enum EventSpan {
    /// Seconds from start to end; nil when the start or end cannot be told.
    static func seconds(of event: EventView, _ zones: ZoneResolver) -> Int64? {
        guard let start = event.start, let first = zones.epochSeconds(start) else { return nil }
        if let end = event.end { return zones.epochSeconds(end).map { $0 - first } }
        if let duration = event.duration {
            return zones.epochSeconds(start.adding(days: duration.days)).map { $0 - first + Int64(duration.seconds) }
        }
        // Without either, a date lasts the day and a time is a moment (RFC 5545 section 3.6.1).
        return event.allDay ? 86_400 : 0
    }
}
