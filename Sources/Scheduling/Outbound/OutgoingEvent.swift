import ICalendar

/// A VEVENT reduced to what attendees need.
enum OutgoingEvent {
    /// Written at most once each (RFC 5545 section 3.6.1).
    private static let single = Set([
        "DTSTART", "DTEND", "DURATION", "RRULE", "SUMMARY", "DESCRIPTION", "LOCATION", "STATUS", "TRANSP", "CLASS",
        "PRIORITY", "URL", "GEO", "CREATED", "LAST-MODIFIED", "COLOR", "X-ALT-DESC", "X-MICROSOFT-CDO-ALLDAYEVENT",
        "X-MICROSOFT-CDO-BUSYSTATUS",
    ]).union(Conference.vendorProperties)
    /// What a cancellation says: which event, and enough to recognise it (RFC 5546 section 3.2.5).
    private static let cancelled: Set<String> = [
        "DTSTART", "DTEND", "DURATION", "RRULE", "SUMMARY", "LOCATION", "TRANSP",
    ]
    private static let repeatable: Set<String> = ["RDATE", "EXDATE", "CATEGORIES", "CONFERENCE", "ATTACH"]
    /// Of the series, not of one instance.
    private static let repeating: Set<String> = ["RRULE", "RDATE", "EXDATE"]

    /// - Parameter instance: RECURRENCE-ID as it is written; `nil` for an event or series.
    static func component(
        of event: Component, instance: Property?, uid: String, sequence: Int, isCancelled: Bool, zones: ZoneResolver
    ) -> Component {
        // A client may name a changed or cancelled instance by its RECURRENCE-ID alone; receivers want a start.
        let start = EventView(event).start ?? instance.flatMap { DateValue($0) }
        let sendable = OutgoingProperty(start: start, zones: zones)
        var outgoing = Component("VEVENT")
        outgoing.properties = [Property("UID", uid), Property("SEQUENCE", String(sequence))]
        if let instance { outgoing.properties.append(instance) }
        if event.first("DTSTART") == nil, let start { outgoing.properties.append(start.property("DTSTART")) }
        var written: Set<String> = []
        for property in event.properties {
            if isCancelled, !cancelled.contains(property.name) { continue }
            if instance != nil, repeating.contains(property.name) { continue }
            let isSingle = single.contains(property.name)
            guard isSingle || repeatable.contains(property.name) else { continue }
            if isSingle, written.contains(property.name) { continue }
            let forms = sendable.forms(of: property)
            if !forms.isEmpty { written.insert(property.name) }
            outgoing.properties += forms
        }
        // RFC 9073's property is known to few; this one, which says the same, to Outlook.
        if !isCancelled, !written.contains("X-ALT-DESC"), let styled = EventView(event).styledDescription {
            let property = Property.text(
                "X-ALT-DESC", styled, parameters: [ContentParameter("FMTTYPE", "text/html")])
            outgoing.properties += sendable.forms(of: property)
        }
        // DTEND and DURATION exclude each other; clients write DTEND when they mean both.
        if written.contains("DTEND") { outgoing.remove("DURATION") }
        // A REQUEST must have one (RFC 5546 section 3.2.2), and libical takes an empty one for none.
        if !isCancelled, !written.contains("SUMMARY") {
            outgoing.properties.append(.text("SUMMARY", "(no title)"))
        }
        if isCancelled { outgoing.set(Property("STATUS", "CANCELLED")) }
        return outgoing
    }
}
