/// An event with all its instances (RFC 5545 section 3.8.5): rule, further dates, excluded dates and changed instances.
///
/// DTSTART is always an instance. Where it does not fit the rule, which the standard leaves undefined, it counts as the
/// first of COUNT and the rule gives the others.
package struct RecurrenceSet: Sendable {
    private let master: EventView
    private let overrides: [EventView]
    private let start: DateValue
    private let clock: InstanceClock
    private let rules: [RecurrenceRule]
    private let extra: [DateValue]
    private let excluded: Set<Int64>
    private let excludedDays: Set<CivilDate>

    /// - Parameters:
    ///   - master: the component without RECURRENCE-ID; a single event will do.
    ///   - overrides: the components with the same UID and a RECURRENCE-ID.
    ///   - floatingIn: where dates and floating times are.
    /// - Returns: `nil` if the master has no start, or one in a zone nobody knows.
    package init?(
        master: EventView, overrides: [EventView] = [], zones: ZoneResolver, floatingIn: TimeZoneRules = .utc
    ) {
        guard let start = master.start, let clock = InstanceClock(start, zones: zones, floatingIn: floatingIn) else {
            return nil
        }
        self.master = master
        self.overrides = overrides
        self.start = start
        self.clock = clock
        // The standard knows one; a few are harmless.
        rules = master.component.all("RRULE").prefix(4).compactMap { RecurrenceRule($0.value) }
        extra = master.rdates
        let exdates = master.exdates
        excluded = Set(exdates.compactMap(clock.key))
        // A date excludes whatever is on that day, although the value types should be the same.
        excludedDays = start.isDate ? [] : Set(exdates.filter(\.isDate).map(\.date))
    }

    /// The master and overrides of one UID in a calendar. `nil` if there is no master with a start.
    package init?(uid: String, in calendar: Component, floatingIn: TimeZoneRules = .utc) {
        let events = calendar.components.map(EventView.init).filter { $0.uid == uid }
        guard let master = events.first(where: { $0.component.first("RECURRENCE-ID") == nil }) else { return nil }
        let overrides = events.filter { $0.component.first("RECURRENCE-ID") != nil }
        self.init(
            master: master, overrides: overrides, zones: ZoneResolver(calendar: calendar), floatingIn: floatingIn)
    }

    /// The instances that overlap a stretch of time, in order of their start.
    ///
    /// - Parameters:
    ///   - from: seconds since 1970-01-01T00:00:00Z.
    ///   - to: likewise; exclusive.
    ///   - limit: no more than that many, the earliest ones.
    package func occurrences(from: Int64, to: Int64, limit: Int) -> [Occurrence] {
        guard limit > 0, from <= to else { return [] }
        // The years 0 to 9999.
        let from = max(from, -62_200_000_000)
        let to = min(to, 253_500_000_000)
        var changed: [Int64: EventView] = [:]
        var changedFromHere: [(key: Int64, event: EventView)] = []
        for event in overrides {
            guard let id = event.recurrenceID, let key = clock.key(id) else { continue }
            changed[key] = event
            if event.coversFuture { changedFromHere.append((key, event)) }
        }
        changedFromHere.sort { $0.key < $1.key }

        var result: [Occurrence] = []
        func isWanted(_ occurrence: Occurrence) -> Bool {
            occurrence.startSeconds < to && (occurrence.endSeconds > from || occurrence.startSeconds >= from)
        }
        for (key, event) in changed {
            guard let occurrence = occurrence(of: event, at: clock.value(key: key), isOwn: true) else { continue }
            if isWanted(occurrence) { result.append(occurrence) }
        }
        let limit = min(limit, Self.mostInstances)
        let most = limit + changed.count
        var found = 0
        for value in instances(from: from, to: to, most: most, shiftedBy: changedFromHere.map(\.event)) {
            guard let key = clock.key(value), changed[key] == nil else { continue }
            let event = changedFromHere.last { $0.key <= key }?.event ?? master
            guard let occurrence = occurrence(of: event, at: value, isOwn: false), isWanted(occurrence) else {
                continue
            }
            result.append(occurrence)
            found += 1
            if found >= most { break }
        }
        result.sort {
            ($0.startSeconds, $0.recurrenceID.civilSeconds) < ($1.startSeconds, $1.recurrenceID.civilSeconds)
        }
        return Array(result.prefix(limit))
    }

    /// Whether the event has such an instance, be it changed or not; an excluded one it has not.
    package func contains(_ recurrenceID: DateValue) -> Bool {
        guard let key = clock.key(recurrenceID) else { return false }
        if overrides.contains(where: { $0.recurrenceID.flatMap(clock.key) == key }) { return true }
        let window: Int64 = recurrenceID.isDate ? 86_400 : 0
        return instances(from: key - window, to: key + window, most: .max, shiftedBy: []).contains { value in
            clock.key(value) == key || recurrenceID.isDate && value.date == recurrenceID.date
        }
    }

    /// Instances by rule and dates, without the excluded ones, in order; about those that may overlap the stretch, and at
    /// least the first `most` of them.
    private func instances(from: Int64, to: Int64, most: Int, shiftedBy overrides: [EventView]) -> [DateValue] {
        // An override of all that follows may move instances into the stretch from outside.
        let shift =
            overrides.compactMap { event in
                guard let start = event.start, let id = instance(changedBy: event) else { return nil }
                return abs(start.civilSeconds - id.civilSeconds)
            }.max() ?? 0
        // Some hours for changes of the clock meanwhile; a day for dates, which begin when the reader's day does.
        let slack = (start.isDate ? 30 : 3) * 3600 + shift
        let first = clock.clockTime(at: from) - slack - lengths(overrides + [master])
        let certain = clock.clockTime(at: from) + slack
        let last = clock.clockTime(at: to) + slack
        var clocks = Set([start.civilSeconds] + extra.compactMap(clock.clockTime))
        for rule in rules {
            let rule = countingStart(rule)
            let expansion = RecurrenceExpansion(
                rule, start: start.civilSeconds, isDate: start.isDate, from: first,
                last: min(last, clock.lastClockTime(of: rule)))
            let enough = min(most, Self.mostInstances) + min(excluded.count, Self.mostInstances)
            var found = 0
            for time in expansion where time >= first {
                clocks.insert(time)
                // Those nearer to the beginning may turn out to be before it, and those of excluded days are none.
                if time > certain, !excludedDays.contains(CivilDate(daysSinceEpoch: time.flooredQuotient(86_400))) {
                    found += 1
                }
                if found > enough || clocks.count >= 2 * Self.mostInstances { break }
            }
        }
        return clocks.sorted().map { start.at(civilSeconds: $0) }.filter { value in
            !excludedDays.contains(value.date) && !(clock.key(value).map(excluded.contains) ?? true)
        }
    }

    /// Bounds the memory one question can take.
    private static let mostInstances = 100_000

    /// With COUNT, a start that does not fit the rule takes one instance away from it.
    private func countingStart(_ rule: RecurrenceRule) -> RecurrenceRule {
        guard case .count(let count) = rule.end else { return rule }
        var first = RecurrenceExpansion(
            rule, start: start.civilSeconds, isDate: start.isDate, last: start.civilSeconds)
        guard first.next() != start.civilSeconds else { return rule }
        var rule = rule
        rule.end = .count(count - 1)
        return rule
    }

    private func lengths(_ events: [EventView]) -> Int {
        events.map { event in
            guard let start = event.start, let (begin, end) = clock.interval(of: event, startingAt: start) else {
                return 0
            }
            return Int(end - begin)
        }.max() ?? 0
    }

    /// The instance that RECURRENCE-ID names, as the master's start is written: the name may be in another zone, or a date.
    private func instance(changedBy event: EventView) -> DateValue? {
        event.recurrenceID.flatMap(clock.key).map(clock.value)
    }

    /// - Parameter isOwn: the event is this instance's own; otherwise it is shifted to the instance.
    private func occurrence(of event: EventView, at id: DateValue, isOwn: Bool) -> Occurrence? {
        var begin = id
        if isOwn {
            begin = event.start ?? id
        } else if let first = instance(changedBy: event), let moved = event.start {
            begin = moved.at(civilSeconds: id.civilSeconds + moved.civilSeconds - first.civilSeconds)
        }
        guard let (from, to) = clock.interval(of: event, startingAt: begin) else { return nil }
        return Occurrence(recurrenceID: id, start: begin, startSeconds: from, endSeconds: to, event: event)
    }
}
