/// A STANDARD or DAYLIGHT component: a change of the clocks and when it happens.
struct ZoneObservance {
    /// The offset that ends.
    var before: Int
    /// What begins.
    var phase: ZonePhase
    /// Clock times before the change, in seconds since 1970-01-01T00:00; the first is DTSTART.
    var onsets: [Int]
    /// From the first onset on, instead of further ones.
    var rule: RecurrenceRule?

    var component: Component {
        let floating = DateValue.floating(CivilDate(daysSinceEpoch: 0), .midnight)
        let times = onsets.map { floating.at(civilSeconds: $0).text }
        var properties = [Property("DTSTART", times.first ?? floating.text)]
        if times.count > 1 { properties.append(Property("RDATE", times.dropFirst().joined(separator: ","))) }
        if let rule { properties.append(Property("RRULE", rule.text)) }
        properties.append(Property("TZOFFSETFROM", Self.text(ofOffset: before)))
        properties.append(Property("TZOFFSETTO", Self.text(ofOffset: phase.offset)))
        if !phase.name.isEmpty { properties.append(.text("TZNAME", phase.name)) }
        return Component(phase.isDaylight ? "DAYLIGHT" : "STANDARD", properties: properties)
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    var earliest: Int { (onsets.min() ?? 0) - before }

    /// `+hhmm`, with seconds only where there are any (RFC 5545 section 3.3.14).
    private static func text(ofOffset offset: Int) -> String {
        let magnitude = abs(offset)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let seconds = magnitude % 60
        return (offset < 0 ? "-" : "+") + two(magnitude / 3600) + two(magnitude / 60 % 60)
            + (seconds == 0 ? "" : two(seconds))
    }
}

extension YearlyZoneRule.Onset {
    /// `nil` if the onset may fall into another month than the rule names, which RRULE cannot say simply.
    var recurrenceRule: RecurrenceRule? {
        var rule = RecurrenceRule(.yearly)
        rule.byMonth = [month]
        let shift = time.flooredQuotient(86_400)
        // POSIX begins the week on Sunday, the calendar on Monday.
        let day = Weekday.allCases[((weekday + 6 + shift) % 7 + 7) % 7]
        guard shift != 0 else {
            rule.byDay = [RecurrenceRule.DayRule(day, ordinal: week == 5 ? -1 : week)]
            return rule
        }
        let length = CivilDate.daysInMonth(month, year: 2001)
        let first = (week == 5 ? length - 6 : week * 7 - 6) + shift
        guard month != 2, first >= 1, first + 6 <= length else { return nil }
        rule.byDay = [RecurrenceRule.DayRule(day)]
        rule.byMonthDay = Array(first...(first + 6))
        return rule
    }
}
