/// What clocks in a zone showed, show and will show.
package struct TimeZoneRules: Sendable, Equatable {
    struct Transition: Sendable, Equatable {
        /// Seconds since 1970-01-01T00:00:00Z.
        var time: Int
        var phase: ZonePhase
    }

    /// Before the first transition.
    var initial: ZonePhase
    /// In order of time.
    var transitions: [Transition]
    /// What happens from the last transition on; without it, nothing does.
    var yearly: YearlyZoneRule?

    init(initial: ZonePhase, transitions: [Transition] = [], yearly: YearlyZoneRule? = nil) {
        self.initial = initial
        self.transitions = transitions
        self.yearly = yearly
    }

    package static let utc = TimeZoneRules(initial: ZonePhase(offset: 0, isDaylight: false, name: "UTC"))

    /// A zone by its IANA name, a link of the database or a Windows name; case does not matter.
    ///
    /// The data cover 1970 to 2037 exactly; later years follow the zone's last rule, earlier ones its state of 1970.
    package static func named(_ name: String) -> TimeZoneRules? { ZoneTable.rules(named: name) }

    /// Seconds the zone is ahead of UTC.
    ///
    /// - Parameter seconds: since 1970-01-01T00:00:00Z.
    package func offset(atUTC seconds: Int64) -> Int {
        // Within the years 0 to 9999, which is all that calendars can say.
        phase(at: Int(min(max(seconds, -62_200_000_000), 253_500_000_000))).offset
    }

    func phase(at seconds: Int) -> ZonePhase {
        guard let last = transitions.last else { return yearly?.phase(at: seconds) ?? initial }
        if seconds >= last.time { return yearly?.phase(at: seconds) ?? last.phase }
        let index = indexOfFirstTransition(after: seconds)
        return index == 0 ? initial : transitions[index - 1].phase
    }

    func indexOfFirstTransition(after seconds: Int) -> Int {
        var (low, high) = (0, transitions.count)
        while low < high {
            let middle = (low + high) / 2
            if transitions[middle].time <= seconds { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The instant at which a clock in the zone shows this, in seconds since 1970-01-01T00:00:00Z (RFC 5545 section
    /// 3.3.5): the first one if there are two; if there is none, as if the clocks had not been put forward yet.
    package func utc(fromLocal date: CivilDate, _ time: CivilTime) -> Int64 {
        Int64(utc(fromClock: date.daysSinceEpoch * 86_400 + time.secondsSinceMidnight))
    }

    /// - Parameter clock: seconds of the clock since 1970-01-01T00:00.
    func utc(fromClock clock: Int) -> Int {
        // No zone changes its clocks twice within two days.
        let before = phase(at: clock - 86_400).offset
        let after = phase(at: clock + 86_400).offset
        if before == after || phase(at: clock - before).offset == before { return clock - before }
        return phase(at: clock - after).offset == after ? clock - after : clock - before
    }

    /// What a clock in the zone shows.
    ///
    /// - Parameter seconds: since 1970-01-01T00:00:00Z; others than those of the years 0 to 9999 count as their ends.
    package func local(fromUTC seconds: Int64) -> (date: CivilDate, time: CivilTime) {
        let seconds = min(max(seconds, -62_167_219_200), 253_402_300_799)
        let clock = Int(seconds) + offset(atUTC: seconds)
        let days = clock.flooredQuotient(86_400)
        return (CivilDate(daysSinceEpoch: days), CivilTime(secondsSinceMidnight: clock - days * 86_400))
    }
}
