/// The periods a rule goes through: every `interval`th year, month, week, day, hour, minute or second from the start on.
struct RecurrencePeriods {
    struct Period {
        /// The first day, as days since 1970-01-01.
        var firstDay: Int
        var dayCount: Int
        /// Seconds of the clock since 1970-01-01T00:00.
        var start: Int
        /// The week-numbering year of a rule with BYWEEKNO, 0 otherwise.
        var weekYear = 0
    }

    /// Hours, minutes and seconds are parts of a day, whose set of times differs from period to period.
    let isWithinDay: Bool

    private let rule: RecurrenceRule
    private let days: RecurrenceDays
    /// Counted in the rule's unit: years, months since year 0, weeks or days since 1970, hours, minutes, seconds.
    private var index: Int
    /// The weekday on which weeks begin, as an offset in days from Thursday, 1970-01-01.
    private let weekOffset: Int
    /// Bounds the search for a rule that nothing fits: periods in a row without an instance.
    private var budget = Self.mostEmpty
    private static let mostEmpty = 100_000

    init(_ rule: RecurrenceRule, start: Int, days: RecurrenceDays) {
        self.rule = rule
        self.days = days
        let day = start.flooredQuotient(86_400)
        let date = CivilDate(daysSinceEpoch: day)
        weekOffset = rule.weekStart.rawValue - Weekday.thursday.rawValue
        switch rule.frequency {
        case .yearly: index = rule.byWeekNumber.isEmpty ? date.year : WeekYear.of(day: day, weekStart: rule.weekStart)
        case .monthly: index = date.year * 12 + date.month - 1
        case .weekly: index = (day - weekOffset).flooredQuotient(7)
        case .daily: index = day
        case .hourly: index = start.flooredQuotient(3600)
        case .minutely: index = start.flooredQuotient(60)
        case .secondly: index = start
        }
        isWithinDay = [.hourly, .minutely, .secondly].contains(rule.frequency)
    }

    /// Leaves out periods that end before this clock time.
    mutating func skip(to time: Int) {
        // One period of slack, and a week more for years that begin in another year's week.
        let day = Swift.max(time, -62_167_219_200).flooredQuotient(86_400) - 7
        let target =
            switch rule.frequency {
            case .yearly: CivilDate(daysSinceEpoch: day).year
            case .monthly: CivilDate(daysSinceEpoch: day).year * 12 + CivilDate(daysSinceEpoch: day).month - 1
            case .weekly: (day - weekOffset).flooredQuotient(7)
            case .daily: day
            case .hourly: day * 24
            case .minutely: day * 1440
            case .secondly: day * 86_400
            }
        advance(to: target - 1)
    }

    /// To the first period of the rule at or after `target`.
    private mutating func advance(to target: Int) {
        guard target > index else { return }
        index += (target - index + rule.interval - 1) / rule.interval * rule.interval
    }

    /// The last period had an instance.
    mutating func renewBudget() { budget = Self.mostEmpty }

    /// `nil` after the year 9999, or when too many periods had no instance.
    mutating func next() -> Period? {
        while budget > 0 {
            budget -= 1
            guard let period = period(at: index) else { return nil }
            if let later = skipTarget(period) {
                advance(to: later)
                continue
            }
            index += rule.interval
            return period
        }
        return nil
    }

    private func period(at index: Int) -> Period? {
        var period: Period
        switch rule.frequency {
        case .yearly:
            guard index <= 9999 else { return nil }
            if rule.byWeekNumber.isEmpty {
                let first = CivilDate.daysSinceEpoch(index, 1, 1)
                period = Period(firstDay: first, dayCount: CivilDate.isLeap(index) ? 366 : 365, start: 0)
            } else {
                let first = WeekYear.firstDay(of: index, weekStart: rule.weekStart)
                let next = WeekYear.firstDay(of: index + 1, weekStart: rule.weekStart)
                period = Period(firstDay: first, dayCount: next - first, start: 0, weekYear: index)
            }
        case .monthly:
            let year = index.flooredQuotient(12)
            guard year <= 9999 else { return nil }
            let month = index - year * 12 + 1
            let length = CivilDate.daysInMonth(month, year: year)
            period = Period(firstDay: CivilDate.daysSinceEpoch(year, month, 1), dayCount: length, start: 0)
        case .weekly: period = Period(firstDay: index * 7 + weekOffset, dayCount: 7, start: 0)
        case .daily: period = Period(firstDay: index, dayCount: 1, start: 0)
        case .hourly: return withinDay(index * 3600)
        case .minutely: return withinDay(index * 60)
        case .secondly: return withinDay(index)
        }
        period.start = period.firstDay * 86_400
        return period
    }

    private func withinDay(_ start: Int) -> Period {
        Period(firstDay: start.flooredQuotient(86_400), dayCount: 1, start: start)
    }

    /// For a period no instance can be in: an index before the next that may have one. What makes a rule like "every
    /// second of Februaries" affordable.
    private func skipTarget(_ period: Period) -> Int? {
        guard isWithinDay || rule.frequency == .daily, let unit = unitSeconds else { return nil }
        let day = period.firstDay
        if !days.monthFits(day: day) {
            let date = CivilDate(daysSinceEpoch: day)
            let next = day + CivilDate.daysInMonth(date.month, year: date.year) - date.day + 1
            return (next * 86_400).flooredQuotient(unit)
        }
        guard isWithinDay else { return nil }
        if !days.fits(day: day) { return ((day + 1) * 86_400).flooredQuotient(unit) }
        let second = period.start - day * 86_400
        if !rule.byHour.isEmpty, !rule.byHour.contains(second / 3600) {
            return (period.start - second % 3600 + 3600) / unit
        }
        if rule.frequency != .hourly, !rule.byMinute.isEmpty, !rule.byMinute.contains(second / 60 % 60) {
            return (period.start - second % 60 + 60) / unit
        }
        if rule.frequency == .secondly, !rule.bySecond.isEmpty, !rule.bySecond.contains(second % 60) {
            return period.start + 1
        }
        return nil
    }

    private var unitSeconds: Int? {
        switch rule.frequency {
        case .daily: 86_400
        case .hourly: 3600
        case .minutely: 60
        case .secondly: 1
        default: nil
        }
    }
}
