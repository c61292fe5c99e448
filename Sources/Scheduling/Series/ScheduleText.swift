import ICalendar

/// The properties of which a change asks everybody to answer again (RFC 5546 section 2.1.4), as one text: two
/// versions of an event with the same text differ in wording only.
enum ScheduleText {
    private static let properties = [
        "RECURRENCE-ID", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "STATUS",
    ]

    static func of(event: Component) -> String {
        properties.flatMap { name in event.all(name).compactMap { line(name, $0) }.sorted() }.joined(separator: "\n")
    }

    private static func line(_ name: String, _ property: Property) -> String? {
        // CONFIRMED is what an event without STATUS means to every client.
        if name == "STATUS", property.value.uppercased() == "CONFIRMED" { return nil }
        return "\(name);\(property.parameter("TZID") ?? ""):\(property.value)"
    }
}
