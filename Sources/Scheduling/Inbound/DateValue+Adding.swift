import ICalendar

extension DateValue {
    /// The same kind of value, later by nominal days and clock seconds; a date only counts the days.
    func adding(days: Int, seconds: Int = 0) -> DateValue {
        func shifted(_ date: CivilDate, _ time: CivilTime) -> (CivilDate, CivilTime) {
            let total = time.secondsSinceMidnight + seconds
            let overflow = (total >= 0 ? total : total - 86_399) / 86_400
            return (date.adding(days: days + overflow), CivilTime(secondsSinceMidnight: total - overflow * 86_400))
        }
        switch self {
        case .date(let date): return .date(date.adding(days: days))
        case .utc(let date, let time):
            let (date, time) = shifted(date, time)
            return .utc(date, time)
        case .floating(let date, let time):
            let (date, time) = shifted(date, time)
            return .floating(date, time)
        case .zoned(let date, let time, let tzid):
            let (date, time) = shifted(date, time)
            return .zoned(date, time, tzid: tzid)
        }
    }
}
