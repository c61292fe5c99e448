/// The rule by which a zone changes its clocks every year, without end (the POSIX TZ rule of RFC 9636 section 3.3.1, of
/// which the database uses only the `Mmonth.week.day` form).
struct YearlyZoneRule: Sendable, Hashable {
    /// The nth (5: last) weekday of a month, at a time of the clock before the change.
    struct Onset: Sendable, Hashable {
        var month: Int
        var week: Int
        /// 0 for Sunday, as POSIX counts.
        var weekday: Int
        /// Seconds after midnight; may be below zero or beyond the day.
        var time: Int

        /// Seconds of the clock since 1970-01-01T00:00.
        func clockTime(in year: Int) -> Int {
            let first = CivilDate.daysSinceEpoch(year, month, 1)
            let firstWeekday = (CivilDate.weekday(ofDay: first).rawValue + 1) % 7
            var day = first + (weekday - firstWeekday + 7) % 7 + (week - 1) * 7
            if day >= first + CivilDate.daysInMonth(month, year: year) { day -= 7 }
            return day * 86_400 + time
        }
    }

    var standard: ZonePhase
    var daylight: ZonePhase
    var daylightOnset: Onset
    var standardOnset: Onset

    /// Seconds since 1970-01-01T00:00:00Z.
    func onset(ofDaylight isDaylight: Bool, in year: Int) -> Int {
        isDaylight
            ? daylightOnset.clockTime(in: year) - standard.offset
            : standardOnset.clockTime(in: year) - daylight.offset
    }

    func phase(at seconds: Int) -> ZonePhase {
        let year = CivilDate(daysSinceEpoch: (seconds + standard.offset).flooredQuotient(86_400)).year
        let (begin, end) = (onset(ofDaylight: true, in: year), onset(ofDaylight: false, in: year))
        let isDaylight = begin < end ? begin <= seconds && seconds < end : seconds < end || begin <= seconds
        return isDaylight ? daylight : standard
    }
}

/// The text form of POSIX rules.
enum ZoneRuleText {
    /// `EST5EDT,M3.2.0,M11.1.0` gives a yearly rule, `CET-1` the phase that stays.
    enum Tail {
        case fixed(ZonePhase)
        case yearly(YearlyZoneRule)
    }

    static func parse(_ text: Substring.UTF8View) -> Tail? {
        var rest = text
        guard let standardName = name(&rest), let standardOffset = time(&rest) else { return nil }
        let standard = ZonePhase(offset: -standardOffset, isDaylight: false, name: standardName)
        guard !rest.isEmpty else { return .fixed(standard) }
        guard let daylightName = name(&rest) else { return nil }
        var daylight = ZonePhase(offset: standard.offset + 3600, isDaylight: true, name: daylightName)
        if rest.first != UInt8(ascii: ",") {
            guard let offset = time(&rest) else { return nil }
            daylight.offset = -offset
        }
        guard let begin = onset(&rest), let end = onset(&rest), rest.isEmpty else { return nil }
        return .yearly(
            YearlyZoneRule(standard: standard, daylight: daylight, daylightOnset: begin, standardOnset: end))
    }

    private static func name(_ rest: inout Substring.UTF8View) -> String? {
        let name: Substring.UTF8View
        if rest.first == UInt8(ascii: "<") {
            rest.removeFirst()
            name = rest.prefix { $0 != UInt8(ascii: ">") }
            rest.removeFirst(min(name.count + 1, rest.count))
        } else {
            name = rest.prefix { ($0 | 0x20) &- 0x61 < 26 }
            rest.removeFirst(name.count)
        }
        return name.isEmpty ? nil : String(Substring(name))
    }

    /// `[+-]hours[:minutes[:seconds]]`
    private static func time(_ rest: inout Substring.UTF8View) -> Int? {
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        guard let hours = number(&rest) else { return nil }
        var seconds = hours * 3600
        for unit in [60, 1] where rest.first == UInt8(ascii: ":") {
            rest.removeFirst()
            guard let number = number(&rest) else { return nil }
            seconds += number * unit
        }
        return isNegative ? -seconds : seconds
    }

    private static func onset(_ rest: inout Substring.UTF8View) -> YearlyZoneRule.Onset? {
        guard skip(",", &rest), skip("M", &rest), let month = number(&rest), 1...12 ~= month,
            skip(".", &rest), let week = number(&rest), 1...5 ~= week,
            skip(".", &rest), let weekday = number(&rest), 0...6 ~= weekday
        else { return nil }
        var onset = YearlyZoneRule.Onset(month: month, week: week, weekday: weekday, time: 7200)
        if skip("/", &rest) {
            guard let seconds = time(&rest) else { return nil }
            onset.time = seconds
        }
        return onset
    }

    private static func skip(_ character: Unicode.Scalar, _ rest: inout Substring.UTF8View) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest.removeFirst()
        return true
    }

    private static func number(_ rest: inout Substring.UTF8View) -> Int? {
        let digits = rest.prefix(while: \.isASCIIDigit)
        guard 1...4 ~= digits.count else { return nil }
        rest.removeFirst(digits.count)
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
}
