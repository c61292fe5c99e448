import ICalendar

/// Of recurrence: the input is a start, a line end and a rule. A rule that is read is written so that it reads the same,
/// and its instances are in order and within bounds.
enum RuleProperties {
    static func finding(in bytes: [UInt8]) -> String? {
        let lines = bytes.split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
        guard lines.count == 2, let rule = RecurrenceRule(String(decoding: lines[1], as: UTF8.self)) else { return nil }
        if RecurrenceRule(rule.text) != rule { return "\(rule.text) is another rule" }
        let text = String(decoding: lines[0], as: UTF8.self)
        for zone in [nil, "Europe/Berlin", "Pacific/Apia"] {
            guard let start = DateValue(text, tzid: zone) else { return nil }
            if let finding = instances(of: rule, start) ?? occurrences(of: rule, start) { return finding }
        }
        return nil
    }

    private static func instances(of rule: RecurrenceRule, _ start: DateValue) -> String? {
        let instances = rule.instances(from: start, limit: 20)
        if case .count(let count) = rule.end, instances.count > count { return "more instances than COUNT" }
        var previous: DateValue?
        for instance in instances {
            if isBefore(instance, previous ?? start) { return "\(instance.text) comes too late" }
            if instance == previous { return "\(instance.text) comes twice" }
            previous = instance
        }
        return nil
    }

    private static func isBefore(_ one: DateValue, _ other: DateValue) -> Bool {
        one.date == other.date ? (one.time ?? .midnight) < (other.time ?? .midnight) : one.date < other.date
    }

    private static func occurrences(of rule: RecurrenceRule, _ start: DateValue) -> String? {
        let event = Component(
            "VEVENT", properties: [Property("UID", "1"), start.property("DTSTART"), Property("RRULE", rule.text)])
        let zones = ZoneResolver(calendar: Component("VCALENDAR"))
        guard let set = RecurrenceSet(master: EventView(event), zones: zones) else { return "no occurrences" }
        guard let first = zones.epochSeconds(start) else { return nil }
        let from = first + 400 * 86_400
        let found = set.occurrences(from: from, to: from + 800 * 86_400, limit: 10)
        for (one, other) in zip(found, found.dropFirst()) where one.startSeconds > other.startSeconds {
            return "occurrences are out of order"
        }
        for one in found where one.startSeconds >= from + 800 * 86_400 || one.endSeconds < from {
            return "an occurrence is out of bounds"
        }
        for one in found.prefix(3) where !set.contains(one.recurrenceID) {
            return "\(one.recurrenceID.text) is an occurrence and is not"
        }
        return nil
    }
}
