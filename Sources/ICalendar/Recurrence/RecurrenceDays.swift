/// Which days fit a rule: its BYMONTH, BYWEEKNO, BYYEARDAY, BYMONTHDAY and BYDAY, completed from the start.
struct RecurrenceDays {
    /// What an ordinal of BYDAY counts within.
    private enum Scope { case none, month, year }

    private var months: UInt16 = 0
    private var monthDays: UInt32 = 0
    private var monthDaysFromEnd: UInt32 = 0
    private var weekdays: UInt8 = 0
    private var ordinalDays: [RecurrenceRule.DayRule] = []
    private let yearDays: [Int]
    private let weekNumbers: [Int]
    private let weekStart: Weekday
    private let scope: Scope
    private let hasMonthDays: Bool
    private let hasDays: Bool

    init(_ rule: RecurrenceRule, startDay: Int) {
        let rule = Self.completed(rule, CivilDate(daysSinceEpoch: startDay))
        for month in rule.byMonth { months |= 1 << UInt16(month) }
        for day in rule.byMonthDay {
            if day > 0 { monthDays |= 1 << UInt32(day) } else { monthDaysFromEnd |= 1 << UInt32(-day) }
        }
        // Numbers of weeks only mean something in a year.
        weekNumbers = rule.frequency == .yearly ? rule.byWeekNumber : []
        yearDays = rule.byYearDay
        weekStart = rule.weekStart
        scope =
            switch rule.frequency {
            case .yearly where weekNumbers.isEmpty: rule.byMonth.isEmpty ? .year : .month
            case .monthly: .month
            default: .none
            }
        for day in rule.byDay {
            if day.ordinal == 0 || scope == .none {
                weekdays |= 1 << UInt8(day.weekday.rawValue)
            } else {
                ordinalDays.append(day)
            }
        }
        hasMonthDays = !rule.byMonthDay.isEmpty
        hasDays = !rule.byDay.isEmpty
    }

    /// What a rule leaves out is taken from the start.
    private static func completed(_ rule: RecurrenceRule, _ start: CivilDate) -> RecurrenceRule {
        var rule = rule
        let namesDay = !(rule.byDay.isEmpty && rule.byMonthDay.isEmpty && rule.byYearDay.isEmpty)
        switch rule.frequency {
        case .yearly where !rule.byWeekNumber.isEmpty:
            if !namesDay { rule.byDay = [RecurrenceRule.DayRule(start.weekday)] }
        case .yearly:
            if !namesDay { rule.byMonthDay = [start.day] }
            // Days of a month, but of which? Together with BYDAY any will do, as in "every Friday the 13th".
            if rule.byMonth.isEmpty, !rule.byMonthDay.isEmpty, rule.byDay.isEmpty, rule.byYearDay.isEmpty {
                rule.byMonth = [start.month]
            }
        case .monthly:
            if !namesDay { rule.byMonthDay = [start.day] }
        case .weekly:
            if rule.byDay.isEmpty { rule.byDay = [RecurrenceRule.DayRule(start.weekday)] }
        default: break
        }
        return rule
    }

    /// Days since 1970-01-01, in order.
    func days(in period: RecurrencePeriods.Period) -> [Int] {
        var result: [Int] = []
        for day in period.firstDay..<(period.firstDay + period.dayCount) {
            if !weekNumbers.isEmpty {
                let week = (day - period.firstDay) / 7
                if !weekNumbers.contains(week + 1), !weekNumbers.contains(week - period.dayCount / 7) { continue }
            }
            if fits(day: day) { result.append(day) }
        }
        return result
    }

    func monthFits(day: Int) -> Bool {
        months == 0 || months & 1 << UInt16(CivilDate(daysSinceEpoch: day).month) != 0
    }

    /// Everything but the number of the week.
    func fits(day: Int) -> Bool {
        let weekday = CivilDate.weekday(ofDay: day)
        if ordinalDays.isEmpty, hasDays, weekdays & 1 << UInt8(weekday.rawValue) == 0 { return false }
        let date = CivilDate(daysSinceEpoch: day)
        if months != 0, months & 1 << UInt16(date.month) == 0 { return false }
        let length = CivilDate.daysInMonth(date.month, year: date.year)
        if hasMonthDays, monthDays & 1 << UInt32(date.day) == 0,
            monthDaysFromEnd & 1 << UInt32(length - date.day + 1) == 0
        {
            return false
        }
        let yearLength = CivilDate.isLeap(date.year) ? 366 : 365
        let dayOfYear = yearDays.isEmpty && scope != .year ? 0 : date.dayOfYear
        if !yearDays.isEmpty, !yearDays.contains(dayOfYear), !yearDays.contains(dayOfYear - yearLength - 1) {
            return false
        }
        if !ordinalDays.isEmpty, weekdays & 1 << UInt8(weekday.rawValue) == 0 {
            let (position, span) = scope == .year ? (dayOfYear, yearLength) : (date.day, length)
            let (fromStart, fromEnd) = ((position - 1) / 7 + 1, -((span - position) / 7 + 1))
            return ordinalDays.contains { $0.weekday == weekday && ($0.ordinal == fromStart || $0.ordinal == fromEnd) }
        }
        return true
    }
}
