/// A day of the proleptic Gregorian calendar, anywhere.
package struct CivilDate: Sendable, Hashable {
    package let year: Int
    /// 1 to 12.
    package let month: Int
    /// 1 to the length of the month.
    package let day: Int

    /// `nil` if there is no such day; years are 0 to 9999, what RFC 5545 can write.
    package init?(year: Int, month: Int, day: Int) {
        guard 0...9999 ~= year, 1...12 ~= month, day >= 1, day <= Self.daysInMonth(month, year: year) else {
            return nil
        }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// - Parameter days: days since 1970-01-01. What lies outside the years 0 to 9999, which is all that RFC 5545 can
    ///   write, becomes the first or last day of them: any number is safe.
    package init(daysSinceEpoch days: Int) {
        let days = min(max(days, Self.firstDay), Self.lastDay)
        // Years that begin in March, in cycles of 400: leap days then come last and months follow a simple line.
        let shifted = days + 719_468
        let cycle = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfCycle = shifted - cycle * 146_097
        let yearOfCycle = (dayOfCycle - dayOfCycle / 1460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
        let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfCycle + cycle * 400 + (month <= 2 ? 1 : 0)
    }

    /// 0000-01-01 and 9999-12-31.
    private static let (firstDay, lastDay) = (-719_528, 2_932_896)

    /// Days since 1970-01-01.
    package var daysSinceEpoch: Int { Self.daysSinceEpoch(year, month, day) }

    package var weekday: Weekday { Self.weekday(ofDay: daysSinceEpoch) }

    /// 1 to 366.
    package var dayOfYear: Int { daysSinceEpoch - Self.daysSinceEpoch(year, 1, 1) + 1 }

    /// Within the years 0 to 9999, as `init(daysSinceEpoch:)`.
    package func adding(days: Int) -> CivilDate { CivilDate(daysSinceEpoch: daysSinceEpoch.addingSaturated(days)) }

    package static func isLeap(_ year: Int) -> Bool {
        year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    }

    package static func daysInMonth(_ month: Int, year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    static func daysSinceEpoch(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let cycle = (year >= 0 ? year : year - 399) / 400
        let yearOfCycle = year - cycle * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return cycle * 146_097 + yearOfCycle * 365 + yearOfCycle / 4 - yearOfCycle / 100 + dayOfYear - 719_468
    }

    static func weekday(ofDay days: Int) -> Weekday {
        // 1970-01-01 was a Thursday.
        let index = (days + 3) % 7
        return Weekday.allCases[index < 0 ? index + 7 : index]
    }
}

extension CivilDate: Comparable {
    package static func < (one: CivilDate, other: CivilDate) -> Bool {
        (one.year, one.month, one.day) < (other.year, other.month, other.day)
    }
}
