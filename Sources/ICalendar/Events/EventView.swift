/// A VEVENT, VTODO or VJOURNAL read as what it means. Each value is read when it is asked for; what is not there or
/// cannot be read is `nil`.
package struct EventView: Sendable {
    package let component: Component

    package init(_ component: Component) { self.component = component }

    package var uid: String? { nonEmpty("UID").map { $0.text } }
    package var recurrenceID: DateValue? { component.first("RECURRENCE-ID").flatMap { DateValue($0) } }
    /// RANGE=THISANDFUTURE: the instance named by `recurrenceID` and all after it.
    package var coversFuture: Bool {
        component.first("RECURRENCE-ID")?.parameter("RANGE")?.equalsIgnoringASCIICase("THISANDFUTURE") ?? false
    }
    package var sequence: Int? { component.first("SEQUENCE").flatMap { Int(trimmed($0.value)) } }
    package var dtstamp: DateValue? { component.first("DTSTAMP").flatMap { DateValue($0) } }

    package var start: DateValue? { component.first("DTSTART").flatMap { DateValue($0) } }
    /// DTEND of an event, DUE of a to-do; exclusive. See `duration` for events that have that instead.
    package var end: DateValue? { endProperty.flatMap { DateValue($0) } }
    /// Some clients write a to-do as if it were an event, with DTEND.
    var endProperty: Property? {
        (component.name == "VTODO" ? component.first("DUE") : nil) ?? component.first("DTEND")
    }
    package var duration: ICalDuration? { component.first("DURATION").flatMap { ICalDuration($0.value) } }
    /// The event takes whole days: its start is a date, or Outlook says so of one from midnight to midnight.
    package var allDay: Bool {
        guard let start else { return false }
        if start.isDate { return true }
        guard let mark = component.first("X-MICROSOFT-CDO-ALLDAYEVENT"), mark.value.equalsIgnoringASCIICase("TRUE")
        else { return false }
        return start.time == .midnight && (end?.time ?? .midnight) == .midnight
    }

    package var recurrenceRule: RecurrenceRule? { component.first("RRULE").flatMap { RecurrenceRule($0.value) } }
    package var rrule: String? { nonEmpty("RRULE").map { trimmed($0.value) } }
    package var exdates: [DateValue] { component.all("EXDATE").flatMap(DateValue.list) }
    package var rdates: [DateValue] { component.all("RDATE").flatMap(DateValue.list) }

    /// In upper case.
    package var status: String? { nonEmpty("STATUS").map { trimmed($0.value).asciiUppercased } }
    package var summary: String? { component.first("SUMMARY")?.text }
    package var location: String? { component.first("LOCATION")?.text }
    package var description: String? { component.first("DESCRIPTION")?.text }

    package var organizer: CalendarUser? { nonEmpty("ORGANIZER").map(CalendarUser.init) }
    package var attendees: [Attendee] { component.all("ATTENDEE").map(Attendee.init) }

    private func nonEmpty(_ name: String) -> Property? {
        component.first(name).flatMap { trimmed($0.value).isEmpty ? nil : $0 }
    }
}

/// Without white space at either end.
func trimmed(_ text: String) -> String {
    guard let first = text.utf8.first, let last = text.utf8.last, first <= 0x20 || last <= 0x20 else { return text }
    var bytes = text.utf8[...]
    while let byte = bytes.first, byte <= 0x20 { bytes.removeFirst() }
    while let byte = bytes.last, byte <= 0x20 { bytes.removeLast() }
    return String(Substring(bytes))
}
