import ICalendar

/// The VTIMEZONE components an outgoing object needs: one for each TZID in it, right for the dates of its events.
enum OutgoingZones {
    static func components(for events: [Component], from calendar: Component) -> [Component] {
        let resolver = ZoneResolver(calendar: calendar)
        let values = events.flatMap { event in event.properties.flatMap { dates(of: $0) } }
        let instants = values.compactMap { resolver.epochSeconds($0) }
        guard let first = instants.min(), let last = instants.max() else { return [] }
        let repeats = events.contains { $0.first("RRULE") != nil }
        var names: [String] = []
        for case .zoned(_, _, let name) in values where !names.contains(name) { names.append(name) }
        return names.compactMap { name in
            // A rule may go on for ever; its zone is then written to the end of what is known.
            resolver.zone(for: name)?.vtimezone(tzid: name, from: first, to: repeats ? .max : last)
        }
    }

    private static func dates(of property: Property) -> [DateValue] {
        switch property.name {
        case "DTSTART", "DTEND", "RECURRENCE-ID", "RDATE", "EXDATE": DateValue.list(property)
        default: []
        }
    }
}
