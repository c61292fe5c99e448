import ICalendar

/// What attendees read of an event apart from its times, as one text. DTSTAMP, LAST-MODIFIED and the like change with
/// each message and say nothing.
enum WordingText {
    private static let properties =
        [
            "SUMMARY", "DESCRIPTION", "LOCATION", "URL", "GEO", "CATEGORIES", "CONFERENCE", "ATTACH", "X-ALT-DESC",
            "STYLED-DESCRIPTION", "TRANSP", "CLASS", "PRIORITY",
        ] + Conference.vendorProperties

    static func of(_ event: Component) -> String {
        properties.map { name in
            "\(name):" + event.all(name).map(\.value).filter { !$0.isEmpty }.sorted().joined(separator: "\n")
        }.joined(separator: "\n")
    }
}
