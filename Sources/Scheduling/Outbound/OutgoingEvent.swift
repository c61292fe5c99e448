import ICalendar

/// A VEVENT reduced to what attendees need.
enum OutgoingEvent {
    /// Written at most once each (RFC 5545 section 3.6.1).
    private static let single: Set<String> = [
        "RECURRENCE-ID", "DTSTART", "DTEND", "DURATION", "RRULE", "SUMMARY", "DESCRIPTION", "LOCATION", "STATUS",
        "TRANSP", "CLASS", "PRIORITY", "URL", "GEO", "CREATED", "LAST-MODIFIED", "COLOR", "X-ALT-DESC",
        "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "X-MICROSOFT-CDO-ALLDAYEVENT",
        "X-MICROSOFT-CDO-BUSYSTATUS",
    ]
    /// What a cancellation says: which event, and enough to recognise it (RFC 5546 section 3.2.5).
    private static let cancelled: Set<String> = [
        "RECURRENCE-ID", "DTSTART", "DTEND", "DURATION", "RRULE", "SUMMARY", "LOCATION", "TRANSP",
    ]
    private static let repeatable: Set<String> = ["RDATE", "EXDATE", "CATEGORIES", "CONFERENCE", "STYLED-DESCRIPTION"]

    static func component(of event: Component, uid: String, sequence: Int, isCancelled: Bool = false) -> Component {
        var outgoing = Component("VEVENT")
        outgoing.properties = [Property("UID", uid), Property("SEQUENCE", String(sequence))]
        var written: Set<String> = []
        for property in event.properties where isSendable(property) {
            if isCancelled, !cancelled.contains(property.name) { continue }
            if single.contains(property.name) {
                guard written.insert(property.name).inserted else { continue }
            } else if !repeatable.contains(property.name) {
                continue
            }
            outgoing.properties.append(property)
        }
        // DTEND and DURATION exclude each other; clients write DTEND when they mean both.
        if written.contains("DTEND") { outgoing.remove("DURATION") }
        if isCancelled { markCancelled(&outgoing) }
        return outgoing
    }

    private static func markCancelled(_ event: inout Component) {
        event.set(Property("STATUS", "CANCELLED"))
        // An organizer's client may name a cancelled instance by its RECURRENCE-ID alone; receivers want a start.
        if event.first("DTSTART") == nil, let instance = EventView(event).recurrenceID {
            event.set(instance.property("DTSTART"))
        }
    }

    /// What a client cannot read, or does not expect in a REQUEST, could make it refuse the whole invitation.
    private static func isSendable(_ property: Property) -> Bool {
        switch property.name {
        case "STATUS": ["CONFIRMED", "TENTATIVE"].contains(property.value.uppercased())
        case "TRANSP": ["OPAQUE", "TRANSPARENT"].contains(property.value.uppercased())
        case "DTSTART", "DTEND", "RECURRENCE-ID": DateValue(property) != nil
        case "EXDATE", "RDATE": !DateValue.list(property).isEmpty
        case "CREATED", "LAST-MODIFIED": isUTC(property)
        case "DURATION": ICalDuration(property.value) != nil
        case "RRULE": RecurrenceRule(property.value) != nil
        case "PRIORITY": Int(property.value).map { (0...9).contains($0) } ?? false
        // An empty value is no value of these types.
        case "GEO", "URL", "CLASS", "COLOR", "CONFERENCE": !property.value.isEmpty
        default: true
        }
    }

    private static func isUTC(_ property: Property) -> Bool {
        if case .utc? = DateValue(property) { true } else { false }
    }
}
