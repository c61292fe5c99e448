import ICalendar

/// What an outgoing calendar object says.
package enum OutgoingContent: Sendable, Hashable {
    /// REQUEST: the event or series with its changed instances, to invite or to update.
    case invitation
    /// REQUEST: only these instances, by their original start in epoch seconds. Outlook takes a changed instance only
    /// without the series beside it.
    case instances(Set<Int64>)
    /// CANCEL of the whole event.
    case cancellation
    /// CANCEL of these instances.
    case instanceCancellation(Set<Int64>)

    package var method: Method {
        switch self {
        case .invitation, .instances: .request
        case .cancellation, .instanceCancellation: .cancel
        }
    }

    /// The calendar with only the events that are sent, each with a start: a client may name an instance by its
    /// RECURRENCE-ID alone.
    package func excerpt(of calendar: Component) -> Component {
        var excerpt = calendar
        excerpt.components.removeAll { $0.name == "VEVENT" }
        for var event in events(of: calendar) {
            if event.first("DTSTART") == nil, let instance = EventView(event).recurrenceID {
                event.set(instance.property("DTSTART"))
            }
            excerpt.components.append(event)
        }
        return excerpt
    }

    /// The components of the stored calendar that are sent.
    func events(of calendar: Component) -> [Component] {
        let events = calendar.components("VEVENT")
        let zones = ZoneResolver(calendar: calendar)
        func lie(in keys: Set<Int64>) -> [Component] {
            events.filter { event in
                EventView(event).recurrenceID.flatMap { zones.epochSeconds($0) }.map(keys.contains) ?? false
            }
        }
        switch self {
        case .invitation: return CancelledInstances.excluded(from: events)
        case .instances(let keys): return lie(in: keys)
        case .cancellation:
            // A cancellation of the series is one of its instances as well.
            let masters = events.filter { $0.first("RECURRENCE-ID") == nil }
            return masters.isEmpty ? events : masters
        case .instanceCancellation(let keys): return lie(in: keys)
        }
    }
}
