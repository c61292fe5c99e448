import ICalendar

/// The VEVENT components of an outgoing object: an event or series, and its changed instances.
enum OutgoingSeries {
    static func components(
        of events: [Component], uid: String, sequence: Int, isCancelled: Bool, zones: ZoneResolver
    ) -> [Component] {
        let master = events.first { $0.first("RECURRENCE-ID") == nil }
        let start = master.flatMap { EventView($0).start }
        var components: [Component] = []
        if let master {
            components.append(
                OutgoingEvent.component(
                    of: master, instance: nil, uid: uid, sequence: sequence, isCancelled: isCancelled, zones: zones))
        }
        for (instance, event) in instances(of: events, start: start, zones: zones) {
            components.append(
                OutgoingEvent.component(
                    of: event, instance: instance, uid: uid, sequence: sequence, isCancelled: isCancelled, zones: zones)
            )
        }
        return components
    }

    /// Each instance once, as its last component has it, and named as the series names its instances. One that cannot be
    /// named is left out: without RECURRENCE-ID it would be the series.
    private static func instances(
        of events: [Component], start: DateValue?, zones: ZoneResolver
    ) -> [(instance: Property, event: Component)] {
        var instances: [(key: Int64, instance: Property, event: Component)] = []
        for event in events {
            guard let property = event.first("RECURRENCE-ID"),
                let instance = OutgoingDates(start: start, zones: zones).instance(property),
                let key = DateValue(instance).flatMap({ zones.epochSeconds($0) })
            else { continue }
            if let index = instances.firstIndex(where: { $0.key == key }) {
                instances[index] = (key, instance, event)
            } else {
                instances.append((key, instance, event))
            }
        }
        return instances.map { ($0.instance, $0.event) }
    }
}
