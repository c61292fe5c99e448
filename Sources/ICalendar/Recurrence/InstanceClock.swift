/// Turns the dates of an event with instances into instants and clock times of its start's zone.
struct InstanceClock: Sendable {
    private let start: DateValue
    private let zone: TimeZoneRules
    private let zones: ZoneResolver
    private let floatingIn: TimeZoneRules

    /// `nil` if the zone of the start is not known.
    init?(_ start: DateValue, zones: ZoneResolver, floatingIn: TimeZoneRules) {
        switch start {
        case .utc: zone = .utc
        case .date, .floating: zone = floatingIn
        case .zoned(_, _, let tzid):
            guard let known = zones.zone(for: tzid) else { return nil }
            zone = known
        }
        self.start = start
        self.zones = zones
        self.floatingIn = floatingIn
    }

    private func epochSeconds(_ value: DateValue) -> Int64? {
        // Nearly always the zone of the start, which need not be looked up again.
        if let tzid = value.tzid, tzid == start.tzid { return Int64(zone.utc(fromClock: value.civilSeconds)) }
        return zones.epochSeconds(value, floatingIn: floatingIn)
    }

    /// What instances are compared by: the instant, or the day if the start is a date.
    func key(_ value: DateValue) -> Int64? {
        if start.isDate { return Int64(value.date.daysSinceEpoch) * 86_400 }
        switch value {
        // Without a zone where one is needed, the start's is meant.
        case .floating, .date: return Int64(zone.utc(fromClock: clockTimeOfDay(value)))
        case .utc, .zoned: return epochSeconds(value)
        }
    }

    private func clockTimeOfDay(_ value: DateValue) -> Int {
        guard value.isDate else { return value.civilSeconds }
        return value.civilSeconds + (start.time?.secondsSinceMidnight ?? 0)
    }

    /// The instance of that key, as the start is written.
    func value(key: Int64) -> DateValue {
        start.at(civilSeconds: start.isDate ? Int(key) : Int(key) + zone.offset(atUTC: key))
    }

    /// Of the start's zone.
    func clockTime(_ value: DateValue) -> Int? {
        guard let key = key(value) else { return nil }
        return self.value(key: key).civilSeconds
    }

    /// What a clock in the start's zone shows.
    ///
    /// - Parameter seconds: since 1970-01-01T00:00:00Z.
    func clockTime(at seconds: Int64) -> Int { Int(seconds) + zone.offset(atUTC: seconds) }

    /// UNTIL as a clock time; the end of the day if it is a date.
    func lastClockTime(of rule: RecurrenceRule) -> Int {
        guard case .until(let until) = rule.end else { return .max }
        if until.isDate || start.isDate { return until.date.daysSinceEpoch * 86_400 + 86_399 }
        // A floating start has no zone to turn UTC into: UNTIL then means what it says.
        guard case .utc = until, !isFloating else { return until.civilSeconds }
        return until.civilSeconds + zone.offset(atUTC: Int64(until.civilSeconds))
    }

    private var isFloating: Bool {
        if case .floating = start { true } else { false }
    }

    /// When an event is, if it starts at this value; seconds since 1970-01-01T00:00:00Z.
    func interval(of event: EventView, startingAt value: DateValue) -> (Int64, Int64)? {
        guard let begin = epochSeconds(value) else { return nil }
        // Where there are both, the end is what clients go by.
        if event.end == nil, let duration = event.duration {
            // Days are days of the clock, hours are exact; what begins with a date takes whole days.
            let days = value.isDate ? max(1, duration.days + (duration.seconds + 86_399) / 86_400) : duration.days
            let shifted = value.at(civilSeconds: value.civilSeconds + days * 86_400)
            if value.isDate { return epochSeconds(shifted).map { (begin, $0) } }
            guard let end = epochSeconds(shifted) else { return nil }
            return (begin, max(begin, end + Int64(duration.seconds)))
        }
        let start = event.start ?? value
        if start.isDate {
            let days = event.end.map { $0.date.daysSinceEpoch - start.date.daysSinceEpoch } ?? 1
            let last = value.at(civilSeconds: value.civilSeconds + max(days, 1) * 86_400)
            return epochSeconds(last).map { (begin, $0) }
        }
        guard let end = event.end, let first = epochSeconds(start), let last = endSeconds(end) else {
            return (begin, begin)
        }
        return (begin, begin + max(0, last - first))
    }

    /// An end without a zone is in that of the start.
    private func endSeconds(_ value: DateValue) -> Int64? {
        switch value {
        case .floating, .date: Int64(zone.utc(fromClock: value.civilSeconds))
        case .utc, .zoned: epochSeconds(value)
        }
    }
}
