import ICalendar

/// When an event is, in words: `Tue 24 Nov 2026, 15:00 – 16:00 (Europe/Berlin)`.
package enum EventTime {
    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// A moment, as which instance of a series is meant.
    package static func text(of value: DateValue) -> String {
        switch value {
        case .date(let date): day(date)
        case .utc(let date, let time), .floating(let date, let time), .zoned(let date, let time, _):
            span(value, date, time, to: nil)
        }
    }

    /// The time of the calendar object's event or series; empty when it has none.
    package static func text(of calendar: Component) -> String {
        let events = calendar.components("VEVENT")
        guard let master = events.first(where: { $0.first("RECURRENCE-ID") == nil }) ?? events.first else { return "" }
        let view = EventView(master)
        guard let start = view.start else { return "" }
        let end = view.end ?? view.duration.map { start.adding(days: $0.days, seconds: $0.seconds) }
        var text = ""
        switch start {
        case .date(let first):
            text = day(first)
            // DTEND of an all-day event is the day after its last (RFC 5545 section 3.6.1).
            if case .date(let after)? = end, after.daysSinceEpoch - first.daysSinceEpoch > 1 {
                text += " – " + day(CivilDate(daysSinceEpoch: after.daysSinceEpoch - 1))
            }
            text += ", all day"
        case .utc(let date, let time), .floating(let date, let time), .zoned(let date, let time, _):
            text = span(start, date, time, to: end)
        }
        if view.rrule != nil { text += ", repeating" }
        return text
    }

    private static func span(
        _ start: DateValue, _ date: CivilDate, _ time: CivilTime, to end: DateValue?
    ) -> String {
        let zone = zone(of: start)
        var text = "\(day(date)), \(clock(time))"
        guard let end, let lastTime = end.time, end != start else { return text + zone }
        let lastZone = self.zone(of: end)
        // A flight leaves in one zone and lands in another: each time then needs its own.
        if lastZone != zone { text += zone }
        text += end.date == date ? " – " : " – \(day(end.date)), "
        return text + clock(lastTime) + lastZone
    }

    private static func zone(of value: DateValue) -> String {
        switch value {
        case .utc: " (UTC)"
        case .zoned(_, _, let name): " (\(name))"
        case .floating, .date: ""
        }
    }

    private static func day(_ date: CivilDate) -> String {
        let weekday = ((date.daysSinceEpoch + 4) % 7 + 7) % 7
        return "\(weekdays[weekday]) \(date.day) \(months[date.month - 1]) \(date.year)"
    }

    private static func clock(_ time: CivilTime) -> String {
        func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(padded(time.hour)):\(padded(time.minute))"
    }
}
