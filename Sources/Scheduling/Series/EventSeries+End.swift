import ICalendar

extension EventSeries {
    /// When the last instance ends, in epoch seconds; nil where none can be told. `noEnd` for one that repeats for ever, or
    /// so often that it is not worth counting.
    package var lastEnd: Int64? {
        let events = calendar.components("VEVENT")
        let zones = ZoneResolver(calendar: calendar)
        guard let master = events.first(where: { $0.first("RECURRENCE-ID") == nil }) else {
            return events.compactMap { Self.end(of: EventView($0), zones) }.max()
        }
        if master.all("RRULE").contains(where: { RecurrenceRule($0.value)?.end == .never }) { return Self.noEnd }
        let overrides = events.filter { $0.first("RECURRENCE-ID") != nil }.map(EventView.init)
        guard let set = RecurrenceSet(master: EventView(master), overrides: overrides, zones: zones) else { return nil }
        let occurrences = set.occurrences(from: .min, to: .max, limit: Self.countedInstances)
        guard occurrences.count < Self.countedInstances else { return Self.noEnd }
        return occurrences.map(\.endSeconds).max()
    }

    /// The end of the year 9999.
    package static let noEnd: Int64 = 253_402_300_799

    private static let countedInstances = 2000

    private static func end(of event: EventView, _ zones: ZoneResolver) -> Int64? {
        guard let start = (event.start ?? event.recurrenceID).flatMap({ zones.epochSeconds($0) }) else { return nil }
        return start + (EventSpan.seconds(of: event, zones) ?? 0)
    }
}
