import ICalendar

/// Of iCalendar: whatever is read can be written, what is written is sound, and reading that gives the same again.
enum CalendarProperties {
    private static let charsets = [nil, "windows-1250", "iso-8859-1", "utf-16", "unknown"]

    static func finding(in bytes: [UInt8]) -> String? {
        // The charset goes by the input, so that a case always takes the same path.
        let charset = bytes.last == UInt8(ascii: "~") ? charsets[bytes.count % charsets.count] : nil
        for calendar in ICalendar.parse(bytes, charset: charset).calendars {
            let written = ICalendar.serialize(calendar)
            if let finding = layout(of: written) ?? again(calendar, written) { return finding }
            _ = ICalendar.check(calendar)
            read(calendar)
            if let finding = SendingProperties.finding(in: calendar) { return finding }
        }
        return nil
    }

    private static func layout(of written: [UInt8]) -> String? {
        var column = 0
        for (index, byte) in written.enumerated() {
            switch byte {
            case 0x0D:
                guard index + 1 < written.count, written[index + 1] == 0x0A else { return "a CR without LF is written" }
            case 0x0A:
                guard index > 0, written[index - 1] == 0x0D else { return "an LF without CR is written" }
                column = -1
            case 0..<0x20 where byte != 0x09, 0x7F: return "a control character is written"
            default: break
            }
            column += byte == 0x0D ? 0 : 1
            if column > 75 { return "a line of more than 75 octets is written" }
        }
        return String(validating: written, as: UTF8.self) == nil ? "something else than UTF-8 is written" : nil
    }

    private static func again(_ calendar: Component, _ written: [UInt8]) -> String? {
        let again = ICalendar.parse(written)
        if !again.problems.isEmpty { return "what is written reads with problems: \(again.problems)" }
        guard again.calendars.count == 1 else { return "\(again.calendars.count) calendars are written for one" }
        if ICalendar.serialize(again.calendars[0]) != written { return "written again it is not the same" }
        // Control characters are not written, which can make one thing out of another.
        if !hasControls(calendar), again.calendars[0] != calendar { return "what is read again is not what was read" }
        return nil
    }

    private static func hasControls(_ component: Component) -> Bool {
        component.properties.contains { property in
            isControlled(property.value) || property.parameters.contains { $0.values.contains(where: isControlled) }
        } || component.components.contains(where: hasControls)
    }

    private static func isControlled(_ text: String) -> Bool {
        text.utf8.contains { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }
    }

    /// All there is to ask.
    private static func read(_ calendar: Component) {
        _ = EventDetails.all(in: calendar)
        for summary in EventSummary.all(in: calendar) {
            guard let uid = summary.uid, let set = RecurrenceSet(uid: uid, in: calendar) else { continue }
            _ = set.occurrences(from: .min, to: .max, limit: 5)
            _ = set.contains(.utc(epochSeconds: 1_770_000_000))
        }
        let zones = ZoneResolver(calendar: calendar)
        for zone in calendar.components("VTIMEZONE") {
            guard let name = zone.first("TZID")?.text else { continue }
            _ = zones.zone(for: name)?.vtimezone(tzid: name, from: 0, to: 1_770_000_000)
        }
    }
}
