import ICalendar

/// Cancelled instances of a series, as some clients list them among its components: a REQUEST cannot hold them (RFC 5546
/// section 3.2.2 allows no STATUS:CANCELLED), so the series leaves them out by EXDATE, which means the same.
enum CancelledInstances {
    static func excluded(from events: [Component]) -> [Component] {
        guard let position = events.firstIndex(where: { $0.first("RECURRENCE-ID") == nil }) else { return events }
        var master = events[position]
        var rest: [Component] = []
        for (index, event) in events.enumerated() where index != position {
            if let instance = event.first("RECURRENCE-ID"), EventView(event).status == "CANCELLED" {
                let excluded = Property("EXDATE", instance.value, parameters: dateParameters(of: instance))
                if !master.properties.contains(excluded) { master.properties.append(excluded) }
            } else {
                rest.append(event)
            }
        }
        return [master] + rest
    }

    private static func dateParameters(of property: Property) -> [ContentParameter] {
        property.parameters.filter { $0.isNamed("VALUE") || $0.isNamed("TZID") }
    }
}
