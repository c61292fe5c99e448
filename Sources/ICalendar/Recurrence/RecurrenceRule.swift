/// A rule for repeating (RFC 5545 section 3.3.10).
package struct RecurrenceRule: Sendable, Hashable {
    package enum Frequency: String, Sendable, CaseIterable {
        case secondly = "SECONDLY"
        case minutely = "MINUTELY"
        case hourly = "HOURLY"
        case daily = "DAILY"
        case weekly = "WEEKLY"
        case monthly = "MONTHLY"
        case yearly = "YEARLY"
    }

    /// BYDAY: a weekday, or the nth one of a month or year; below zero from its end.
    package struct DayRule: Sendable, Hashable {
        /// 0 for every such day.
        package var ordinal: Int
        package var weekday: Weekday

        package init(_ weekday: Weekday, ordinal: Int = 0) {
            self.ordinal = ordinal
            self.weekday = weekday
        }
    }

    package enum End: Sendable, Hashable {
        case never
        /// That many instances, the first one included.
        case count(Int)
        /// The last instant that may still be one. A date means all of that day.
        case until(DateValue)
    }

    package var frequency: Frequency
    /// At least 1.
    package var interval = 1
    package var end = End.never
    package var bySecond: [Int] = []
    package var byMinute: [Int] = []
    package var byHour: [Int] = []
    package var byDay: [DayRule] = []
    package var byMonthDay: [Int] = []
    package var byYearDay: [Int] = []
    package var byWeekNumber: [Int] = []
    package var byMonth: [Int] = []
    package var bySetPosition: [Int] = []
    package var weekStart = Weekday.monday

    package init(_ frequency: Frequency) { self.frequency = frequency }
}
