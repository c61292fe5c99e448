/// Years made of whole weeks, as BYWEEKNO counts them: week 1 is the first with at least four days in the year.
enum WeekYear {
    /// Days since 1970-01-01.
    static func firstDay(of year: Int, weekStart: Weekday) -> Int {
        // 4 January is always in week 1.
        let fourth = CivilDate.daysSinceEpoch(year, 1, 4)
        return fourth - (CivilDate.weekday(ofDay: fourth).rawValue - weekStart.rawValue + 7) % 7
    }

    static func of(day: Int, weekStart: Weekday) -> Int {
        let year = CivilDate(daysSinceEpoch: day).year
        if day < firstDay(of: year, weekStart: weekStart) { return year - 1 }
        if day >= firstDay(of: year + 1, weekStart: weekStart) { return year + 1 }
        return year
    }
}
