/// Reads what a VTIMEZONE says (RFC 5545 section 3.6.5).
enum EmbeddedZone {
    /// Observances beyond this are left out, and rules end after this year.
    private static let mostObservances = 500
    private static let lastYear = 2100

    /// `nil` if there is no observance that can be read.
    static func rules(_ component: Component) -> TimeZoneRules? {
        var transitions: [TimeZoneRules.Transition] = []
        var first: (time: Int, before: Int)?
        for observance in component.components.prefix(mostObservances) {
            guard observance.name == "STANDARD" || observance.name == "DAYLIGHT",
                let to = observance.first("TZOFFSETTO").flatMap({ offset($0.value) })
            else { continue }
            let from = observance.first("TZOFFSETFROM").flatMap { offset($0.value) } ?? to
            let phase = ZonePhase(
                offset: to, isDaylight: observance.name == "DAYLIGHT", name: observance.first("TZNAME")?.text ?? "")
            for clock in onsets(observance) {
                let time = clock - from
                transitions.append(.init(time: time, phase: phase))
                if first.map({ time < $0.time }) ?? true { first = (time, from) }
            }
        }
        guard let first else { return nil }
        transitions.sort { $0.time < $1.time }
        return TimeZoneRules(
            initial: ZonePhase(offset: first.before, isDaylight: false, name: ""), transitions: transitions)
    }

    /// Clock times, in seconds since 1970-01-01T00:00.
    private static func onsets(_ observance: Component) -> [Int] {
        guard let start = observance.first("DTSTART").flatMap({ DateValue($0) }) else { return [] }
        var result = [start.civilSeconds]
        for property in observance.all("RDATE") { result += DateValue.list(property).map(\.civilSeconds) }
        guard let rule = observance.first("RRULE").flatMap({ RecurrenceRule($0.value) }),
            [.yearly, .monthly, .weekly, .daily].contains(rule.frequency)
        else { return result }
        var last = CivilDate.daysSinceEpoch(lastYear + 1, 1, 1) * 86_400
        if case .until(let until) = rule.end {
            // In UTC, by the standard; to the day is near enough for a rule that acts once a year.
            last = min(last, until.civilSeconds + 86_400)
        }
        // Outlook's rules begin in 1601.
        let from = CivilDate.daysSinceEpoch(1969, 1, 1) * 86_400
        let isOld = start.date.year < 1850
        if isOld, case .count = rule.end { return result }
        let rest = RecurrenceExpansion(
            rule, start: start.civilSeconds, isDate: false, from: isOld ? from : .min, last: last)
        result += rest.lazy.filter { !isOld || $0 >= from }.prefix(2 * (lastYear - 1850))
        return result
    }

    /// `+hhmm` or `+hhmmss`; also with colons, spaces around or without a sign.
    static func offset(_ text: String) -> Int? {
        var bytes = text.utf8.filter { $0 > 0x20 && $0 != UInt8(ascii: ":") }[...]
        let isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative || bytes.first == UInt8(ascii: "+") { bytes.removeFirst() }
        guard [2, 4, 6].contains(bytes.count), bytes.allSatisfy(\.isASCIIDigit) else { return nil }
        var fields = [0, 0, 0]
        for (index, byte) in bytes.enumerated() { fields[index / 2] = fields[index / 2] * 10 + Int(byte - 0x30) }
        guard fields[0] <= 26, fields[1] < 60, fields[2] < 60 else { return nil }
        let seconds = fields[0] * 3600 + fields[1] * 60 + fields[2]
        return isNegative ? -seconds : seconds
    }
}
