/// A checker of the calendar objects the product sends that shares nothing with the engine that writes them: RFC 5545 to
/// the octet, RFC 6868, RFC 7986, and the RFC 5546 tables of PUBLISH, REQUEST, REPLY and CANCEL of VEVENT.
package enum StrictCalendar {
    /// What is wrong with an object; empty when nothing is.
    package static func faults(in bytes: [UInt8]) -> [String] {
        let physical = StrictLines(bytes)
        let lines = physical.lines.map(StrictLine.init)
        var faults = physical.faults + lines.flatMap(\.faults)
        guard let calendar = StrictComponent.calendar(lines, &faults) else { return faults }
        if calendar.name != "VCALENDAR" { return faults + ["\(calendar.name) is no VCALENDAR"] }
        faults += StrictTable.calendar.faults(calendar)
        faults += values(calendar)
        for component in calendar.components {
            switch component.name {
            case "VTIMEZONE": faults += zone(component)
            case "VEVENT": break
            default: faults.append("\(component.name) in a message about an event")
            }
        }
        faults += StrictMessage.faults(calendar) + zones(of: calendar)
        return faults
    }

    /// Every value and parameter by its type, in the component and those in it.
    private static func values(_ component: StrictComponent) -> [String] {
        component.lines.flatMap { StrictValue.faults($0) + StrictParameters.faults($0) }
            + component.components.flatMap(values)
    }

    /// RFC 5545 section 3.6.5.
    private static func zone(_ zone: StrictComponent) -> [String] {
        var faults = StrictTable.zone.faults(zone)
        if zone.components.isEmpty { faults.append("a VTIMEZONE without observances") }
        for observance in zone.components {
            guard ["STANDARD", "DAYLIGHT"].contains(observance.name) else {
                faults.append("\(observance.name) in a VTIMEZONE")
                continue
            }
            faults += StrictTable.observance.faults(observance)
            if observance.first("TZNAME")?.value.isEmpty == true { faults.append("an empty TZNAME") }
            for line in observance.lines where ["DTSTART", "RDATE"].contains(line.name) {
                if line.parameter("TZID") != nil
                    || line.value.split(separator: ",").contains(where: { StrictDate($0)?.kind != .local })
                {
                    faults.append("\(line.name) of an observance is not local")
                }
            }
            // Its UNTIL is in UTC, as that of an event with a TZID.
            let start = observance.first("DTSTART").flatMap { StrictDate($0.value) }
            faults += observance.all("RRULE").flatMap { StrictRule.faults($0.value, start: start, isZoned: true) }
        }
        return faults
    }

    /// One VTIMEZONE for each TZID, and none that nothing uses.
    private static func zones(of calendar: StrictComponent) -> [String] {
        let events = calendar.components("VEVENT")
        let used = Set(events.flatMap(\.lines).compactMap { $0.parameter("TZID") })
        let defined = calendar.components("VTIMEZONE").compactMap { $0.first("TZID")?.value }.map(unescaped)
        var faults = used.subtracting(defined).sorted().map { "no VTIMEZONE for \($0)" }
        faults += Set(defined).subtracting(used).sorted().map { "a VTIMEZONE that nothing uses: \($0)" }
        if Set(defined).count < defined.count { faults.append("two VTIMEZONEs of one name") }
        return faults
    }

    private static func unescaped(_ text: String) -> String {
        var result: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let next = rest.popFirst() else {
                result.append(byte)
                continue
            }
            result.append("nN".utf8.contains(next) ? 0x0A : next)
        }
        return String(decoding: result, as: UTF8.self)
    }
}
