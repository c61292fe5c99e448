/// Counts items from their records, as a check on the counters that the stream feeds.
package enum Recount {
    /// The counters of the event's own scope.
    package static func counters(of event: EventUID, attendees: [Attendee]) -> [CounterName: Int] {
        var counters = Counters()
        for attendee in attendees { counters.add(CountedItem.attendee(attendee).contribution) }
        return counters[.event(event)]
    }

    /// What must be added to the counters for them to equal the recount.
    package static func difference(counted: Counters, recounted: Counters) -> Counters {
        var difference = recounted
        difference.add(counted, times: -1)
        return difference
    }

    /// The difference of one event, for its organizer and its domain as well, whose counters are sums over events.
    /// Campaigns and days are repaired by a recount of everything.
    package static func spread(_ difference: [CounterName: Int], of event: Event) -> Counters {
        var counters = Counters()
        for scope in [CounterScope.event(event.uid), .organizer(event.organizer), .domain(event.domain)] {
            for (name, amount) in difference { counters.add(amount, name, to: scope) }
        }
        return counters
    }
}
