/// Counts an event's attendees from their records, as a check on the counters that the stream feeds.
package enum Recount {
    /// The counters of the event's own scope.
    package static func counters(of event: EventUID, attendees: [Attendee]) -> [CounterName: Int] {
        var counters = Counters()
        for attendee in attendees { counters.add(CountedItem.attendee(attendee).contribution) }
        return counters[.event(event)]
    }
}
