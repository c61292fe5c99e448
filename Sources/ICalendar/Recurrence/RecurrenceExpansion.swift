/// The instances of a rule as clock times, in order, without regard to zones (RFC 5545 section 3.3.10).
///
/// Times are seconds of the clock since 1970-01-01T00:00. The start itself is only among them if it fits the rule. COUNT
/// is obeyed; UNTIL is not, since comparing it takes a zone: the caller gives its clock time as `last`.
struct RecurrenceExpansion: Sequence, IteratorProtocol {
    private let days: RecurrenceDays
    private let rule: RecurrenceRule
    private let start: Int
    private let isDate: Bool
    private let last: Int
    private var remaining: Int
    /// Bounds the work for a rule with instances every second.
    private var budget = 2_000_000
    private var periods: RecurrencePeriods
    /// Times of day of one period, in order, for frequencies of a day and more.
    private let dailyTimes: [Int]

    /// The instances of the current period: each day with each time, or those at `positions` of them.
    private var currentDays: [Int] = []
    private var currentTimes: [Int] = []
    private var positions: [Int]?
    private var cursor = 0
    private var available = 0

    /// - Parameters:
    ///   - start: DTSTART.
    ///   - isDate: DTSTART is a date; rule parts for times are then ignored.
    ///   - from: earlier instances are not wanted. They may come out all the same.
    ///   - last: no instance after this is wanted.
    init(_ rule: RecurrenceRule, start: Int, isDate: Bool, from: Int = .min, last: Int) {
        self.rule = rule
        self.start = start
        self.isDate = isDate
        // The last second of the year 9999.
        self.last = Swift.min(last, 253_402_300_799)
        if case .count(let count) = rule.end { remaining = count } else { remaining = .max }
        days = RecurrenceDays(rule, startDay: start.flooredQuotient(86_400))
        periods = RecurrencePeriods(rule, start: start, days: days)
        if remaining == .max { periods.skip(to: from) }
        let timeOfDay = CivilTime(secondsSinceMidnight: start - start.flooredQuotient(86_400) * 86_400)
        dailyTimes =
            isDate ? [0] : Self.times(rule, hours: rule.byHour.isEmpty ? [timeOfDay.hour] : rule.byHour, timeOfDay)
        if isDate, periods.isWithinDay { remaining = 0 }
    }

    mutating func next() -> Int? {
        guard remaining > 0 else { return nil }
        while true {
            while cursor < available {
                let index = positions?[cursor] ?? cursor
                cursor += 1
                let day = currentDays[index / currentTimes.count]
                let instance = day * 86_400 + currentTimes[index % currentTimes.count]
                if instance < start { continue }
                guard instance <= last, budget > 0 else { return finish() }
                remaining -= 1
                budget -= 1
                periods.renewBudget()
                return instance
            }
            guard let period = periods.next(), period.start <= last else { return finish() }
            open(period)
        }
    }

    private mutating func finish() -> Int? {
        remaining = 0
        return nil
    }

    private mutating func open(_ period: RecurrencePeriods.Period) {
        currentDays = days.days(in: period)
        currentTimes = periods.isWithinDay ? times(in: period) : dailyTimes
        cursor = 0
        available = currentDays.count * currentTimes.count
        guard !rule.bySetPosition.isEmpty else { return }
        let total = available
        let chosen = Set(rule.bySetPosition.map { $0 > 0 ? $0 - 1 : total + $0 })
        let sorted = chosen.filter { 0..<total ~= $0 }.sorted()
        positions = sorted
        available = sorted.count
    }

    /// Of an hour, a minute or a second.
    private func times(in period: RecurrencePeriods.Period) -> [Int] {
        let time = CivilTime(secondsSinceMidnight: period.start - period.start.flooredQuotient(86_400) * 86_400)
        let from = CivilTime(secondsSinceMidnight: start - start.flooredQuotient(86_400) * 86_400)
        switch rule.frequency {
        case .hourly: return Self.times(rule, hours: [time.hour], from)
        case .minutely:
            let seconds = Self.sorted(rule.bySecond.isEmpty ? [from.second] : rule.bySecond, below: 60)
            return seconds.map { time.hour * 3600 + time.minute * 60 + $0 }
        default: return [time.secondsSinceMidnight]
        }
    }

    private static func times(_ rule: RecurrenceRule, hours: [Int], _ start: CivilTime) -> [Int] {
        let minutes = sorted(rule.byMinute.isEmpty ? [start.minute] : rule.byMinute, below: 60)
        let seconds = sorted(rule.bySecond.isEmpty ? [start.second] : rule.bySecond, below: 60)
        return sorted(hours, below: 24).flatMap { hour in
            minutes.flatMap { minute in seconds.map { hour * 3600 + minute * 60 + $0 } }
        }
    }

    /// BYSECOND may be 60, which POSIX time does not have.
    private static func sorted(_ numbers: [Int], below limit: Int) -> [Int] {
        Set(numbers.filter { $0 < limit }).sorted()
    }
}

extension RecurrenceRule {
    /// The instances of the rule alone: the start is among them only if it fits, and zones do not matter, so that a UTC
    /// UNTIL is compared as if it were in the start's zone.
    package func instances(from start: DateValue, limit: Int) -> [DateValue] {
        var last = Int.max
        if case .until(let until) = end {
            last = until.isDate ? until.civilSeconds + 86_399 : until.civilSeconds
        }
        return RecurrenceExpansion(self, start: start.civilSeconds, isDate: start.isDate, last: last)
            .prefix(limit).map { start.at(civilSeconds: $0) }
    }
}
