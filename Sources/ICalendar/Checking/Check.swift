extension ICalendar {
    /// What is wrong with the contents of a calendar that was read: properties missing or doubled, values that are not of
    /// their type, zones nobody knows, ends before starts (RFC 5545 sections 3.6 and 3.8).
    ///
    /// - Returns: problems with the lines they are in, in order of components; empty for a calendar as it should be.
    package static func check(_ calendar: Component) -> [Problem] {
        var checker = ContentChecker(calendar)
        checker.checkCalendar(calendar)
        return checker.problems
    }
}

private struct ContentChecker {
    private let zones: ZoneResolver
    /// Whether the series of a UID begins with a date.
    private var beginsWithDate: [String: Bool] = [:]
    private(set) var problems: [Problem] = []

    init(_ calendar: Component) {
        zones = ZoneResolver(calendar: calendar)
        for component in calendar.components where component.first("RECURRENCE-ID") == nil {
            let view = EventView(component)
            if let uid = view.uid, let start = view.start { beginsWithDate[uid] = start.isDate }
        }
    }

    mutating func checkCalendar(_ calendar: Component) {
        require(["VERSION", "PRODID"], in: calendar)
        refuseDoubles(["VERSION", "PRODID", "METHOD", "CALSCALE"], in: calendar)
        for component in calendar.components {
            switch component.name {
            case "VEVENT", "VTODO", "VJOURNAL":
                // With a METHOD the start may be left out, as in a CANCEL of the whole event.
                let needsStart = component.name == "VEVENT" && calendar.first("METHOD") == nil
                checkEvent(component, needsStart: needsStart)
            case "VTIMEZONE": checkZone(component)
            default: break
            }
        }
    }

    private mutating func checkEvent(_ event: Component, needsStart: Bool) {
        require(needsStart ? ["UID", "DTSTAMP", "DTSTART"] : ["UID", "DTSTAMP"], in: event)
        refuseDoubles(
            [
                "UID", "DTSTAMP", "DTSTART", "DTEND", "DUE", "DURATION", "RECURRENCE-ID", "RRULE", "SEQUENCE", "STATUS",
                "SUMMARY", "LOCATION", "ORGANIZER", "CLASS", "CREATED", "LAST-MODIFIED", "TRANSP", "PRIORITY", "URL",
                "GEO", "COMPLETED", "PERCENT-COMPLETE",
            ], in: event)
        for property in event.properties { checkValue(property) }
        let view = EventView(event)
        if let end = view.end, event.first("DURATION") != nil {
            report(event.first("DURATION"), .duplicateProperty, "there is an end (\(end.text)) and a duration")
        }
        if let start = view.start.flatMap({ zones.epochSeconds($0) }),
            let end = view.end.flatMap({ zones.epochSeconds($0) }),
            end < start
        {
            report(event.first("DTEND") ?? event.first("DUE"), .badValue, "the end is before the start")
        }
        // An instance itself may be moved from all day to a time; only its name goes by the series.
        if let id = view.recurrenceID, let isDate = view.uid.flatMap({ beginsWithDate[$0] }), id.isDate != isDate {
            report(
                event.first("RECURRENCE-ID"), .badValue,
                "RECURRENCE-ID and the DTSTART of its series are not both dates or both times")
        }
    }

    private mutating func checkValue(_ property: Property) {
        switch property.name {
        case "DTSTART", "DTEND", "DUE", "RECURRENCE-ID", "DTSTAMP", "CREATED", "LAST-MODIFIED", "COMPLETED":
            guard let value = DateValue(property) else { return reportValue(property, "a date or time") }
            checkZone(value, property)
        case "EXDATE", "RDATE":
            let values = DateValue.list(property)
            let count = property.value.utf8.count { $0 == UInt8(ascii: ",") } + 1
            if values.count < count { reportValue(property, "a list of dates or times") }
            if let first = values.first { checkZone(first, property) }
        case "DURATION": if ICalDuration(property.value) == nil { reportValue(property, "a duration") }
        case "RRULE": if RecurrenceRule(property.value) == nil { reportValue(property, "a recurrence rule") }
        case "SEQUENCE", "PRIORITY", "PERCENT-COMPLETE":
            if Int(trimmed(property.value)) == nil { reportValue(property, "a number") }
        default: break
        }
    }

    private mutating func checkZone(_ value: DateValue, _ property: Property) {
        guard let tzid = value.tzid, zones.zone(for: tzid) == nil else { return }
        report(property, .badValue, "\(property.name) is in a time zone nobody knows: \(Self.quoted(tzid))")
    }

    private mutating func checkZone(_ zone: Component) {
        require(["TZID"], in: zone)
        for observance in zone.components where observance.name == "STANDARD" || observance.name == "DAYLIGHT" {
            require(["DTSTART", "TZOFFSETFROM", "TZOFFSETTO"], in: observance)
        }
    }

    private mutating func require(_ names: [String], in component: Component) {
        for name in names where component.first(name) == nil {
            problems.append(
                Problem(line: component.line, code: .missingProperty, message: "\(component.name) has no \(name)"))
        }
    }

    private mutating func refuseDoubles(_ names: Set<String>, in component: Component) {
        var seen: Set<String> = []
        for property in component.properties where names.contains(property.name) {
            if !seen.insert(property.name).inserted {
                report(property, .duplicateProperty, "\(component.name) has \(property.name) more than once")
            }
        }
    }

    private mutating func reportValue(_ property: Property, _ type: String) {
        report(property, .badValue, "\(property.name) is not \(type): \(Self.quoted(property.value))")
    }

    private mutating func report(_ property: Property?, _ code: Problem.Code, _ message: String) {
        problems.append(Problem(line: property?.line ?? 0, code: code, message: message))
    }

    /// Enough of a value to find it again.
    private static func quoted(_ value: String) -> String {
        let short = String(value.unicodeScalars.prefix(60).map { $0.value < 0x20 ? " " : Character($0) })
        return "\"\(short)\(short.unicodeScalars.count < value.unicodeScalars.count ? "…" : "")\""
    }
}
