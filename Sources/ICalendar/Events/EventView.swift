/// A VEVENT, VTODO or VJOURNAL read as what it means. Each value is read when it is asked for; what is not there or
/// cannot be read is `nil`.
package struct EventView: Sendable {
    package let component: Component

    package init(_ component: Component) { self.component = component }

    /// The events and to-dos of a calendar, in order.
    static func all(in calendar: Component) -> [EventView] {
        calendar.components.filter { $0.name == "VEVENT" || $0.name == "VTODO" }.map { EventView($0) }
    }

    package var uid: String? { nonEmpty("UID").map { $0.text } }
    package var recurrenceID: DateValue? { component.first("RECURRENCE-ID").flatMap { DateValue($0) } }
    /// RANGE=THISANDFUTURE: the instance named by `recurrenceID` and all after it.
    package var coversFuture: Bool {
        component.first("RECURRENCE-ID")?.parameter("RANGE")?.equalsIgnoringASCIICase("THISANDFUTURE") ?? false
    }
    package var sequence: Int? { component.first("SEQUENCE").flatMap { Int(trimmed($0.value)) } }
    /// SEQUENCE, or where that is none or 0 the count that Outlook keeps beside it; 0 without either.
    package var revision: Int {
        let own = component.first("X-MICROSOFT-CDO-APPT-SEQUENCE").flatMap { Int(trimmed($0.value)) }
        return [sequence, own, 0].lazy.compactMap { $0 }.first { $0 > 0 } ?? 0
    }
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

    /// The description with its markup, which some clients write beside the plain one: STYLED-DESCRIPTION (RFC 9073 section
    /// 6.5) or X-ALT-DESC; one that is HTML.
    package var styledDescription: String? {
        let styled = (component.all("STYLED-DESCRIPTION") + component.all("X-ALT-DESC")).first { property in
            let type = property.parameter("FMTTYPE") ?? "text/html"
            let isText = property.parameter("VALUE").map { $0.equalsIgnoringASCIICase("TEXT") } ?? true
            return isText && type.equalsIgnoringASCIICase("text/html") && !trimmed(property.value).isEmpty
        }
        return styled?.text
    }
    package var categories: [String] {
        component.all("CATEGORIES").flatMap(\.textList).map(trimmed).filter { !$0.isEmpty }
    }
    package var position: GeographicPosition? { component.first("GEO").flatMap { GeographicPosition($0.value) } }
    package var conferences: [Conference] { Conference.all(in: component) }
    package var attachments: [Attachment] {
        component.all("ATTACH").filter { !trimmed($0.value).isEmpty }.map(Attachment.init)
    }

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
