import ICalendar

/// The VTIMEZONE components an outgoing object needs: one for each TZID in it.
enum OutgoingZones {
    static func components(for events: [Component], from calendar: Component) -> [Component] {
        var names: [String] = []
        for event in events {
            for property in event.properties {
                if let name = property.parameter("TZID"), !names.contains(name) { names.append(name) }
            }
        }
        let resolver = ZoneResolver(calendar: calendar)
        let received = calendar.components.filter { $0.name == "VTIMEZONE" }
        return names.compactMap { name in
            if let rules = resolver.zone(for: name) { return rules.vtimezone(tzid: name, covering: events) }
            return received.first { $0.first("TZID")?.text == name }
        }
    }
}
