/// One instance of an event.
package struct Occurrence: Sendable {
    /// What names the instance in RECURRENCE-ID: its start by the rule, in the zone of the master's start.
    package var recurrenceID: DateValue
    /// When it is.
    package var start: DateValue
    /// Seconds since 1970-01-01T00:00:00Z.
    package var startSeconds: Int64
    /// Seconds since 1970-01-01T00:00:00Z; exclusive.
    package var endSeconds: Int64
    /// The master, or the component that changes this instance.
    package var event: EventView
}
