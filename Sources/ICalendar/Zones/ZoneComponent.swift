extension TimeZoneRules {
    /// A VTIMEZONE (RFC 5545 section 3.6.5) that is right for every instant from `from` to `to`.
    ///
    /// Where the zone goes by a yearly rule, so does the component, and it stays right afterwards; other changes are
    /// listed one by one. A zone without daylight time gets none: Outlook refuses a rule that changes nothing.
    ///
    /// - Parameters:
    ///   - from: seconds since 1970-01-01T00:00:00Z; the start of the first event.
    ///   - to: likewise; the last instant of the last event, or far away for one that repeats without end.
    package func vtimezone(tzid: String, from: Int64, to: Int64) -> Component {
        // RFC 5545 can write the years 0 to 9999.
        let from = Int(min(max(from, -62_000_000_000), 253_000_000_000))
        let to = max(from, Int(min(to, 253_000_000_000)))
        let ruleStart = transitions.last?.time ?? .min
        var observances: [ZoneObservance] = []
        if let yearly, to >= ruleStart {
            observances = ruleObservances(yearly, from: from, to: to, after: ruleStart == .min ? .min : ruleStart - 1)
            if observances.allSatisfy({ $0.earliest > from }) {
                observances = ruleObservances(yearly, from: from, to: to, after: ruleStart)
                observances.insert(contentsOf: listedObservances(from: from, to: to), at: 0)
            }
        } else {
            observances = listedObservances(from: from, to: to)
        }
        return Component("VTIMEZONE", properties: [.text("TZID", tzid)], components: observances.map(\.component))
    }

    /// What holds at `from`, and every listed change up to `to`.
    private func listedObservances(from: Int, to: Int) -> [ZoneObservance] {
        var observances: [ZoneObservance] = []
        let next = indexOfFirstTransition(after: from)
        if next == 0 {
            // It has been so since before anybody asks.
            let phase = phase(at: from)
            let onset = min(0, from.flooredQuotient(86_400) * 86_400 - 86_400)
            observances.append(ZoneObservance(before: phase.offset, phase: phase, onsets: [onset]))
        }
        for index in max(next - 1, 0)..<max(transitions.count, 1) where index < transitions.count {
            let (time, phase) = (transitions[index].time, transitions[index].phase)
            guard time <= to else { break }
            let (old, isFirst) = (index == 0 ? initial : transitions[index - 1].phase, observances.isEmpty)
            // The last transition may change nothing and only mark where the yearly rule begins.
            if old == phase, !isFirst { continue }
            let before = old.offset
            if let same = observances.firstIndex(where: { $0.before == before && $0.phase == phase }) {
                observances[same].onsets.append(time + before)
            } else {
                observances.append(ZoneObservance(before: before, phase: phase, onsets: [time + before]))
            }
        }
        return observances
    }

    /// Beginning the year before `from`, so that one of the two onsets comes before it, but only after `after`.
    private func ruleObservances(_ rule: YearlyZoneRule, from: Int, to: Int, after: Int) -> [ZoneObservance] {
        func year(_ seconds: Int) -> Int { CivilDate(daysSinceEpoch: seconds.flooredQuotient(86_400)).year }
        return [false, true].map { isDaylight in
            let (phase, before) = isDaylight ? (rule.daylight, rule.standard) : (rule.standard, rule.daylight)
            let onset = isDaylight ? rule.daylightOnset : rule.standardOnset
            var first = max(year(from) - 1, after == .min ? 0 : year(after))
            while rule.onset(ofDaylight: isDaylight, in: first) <= after { first += 1 }
            var observance = ZoneObservance(
                before: before.offset, phase: phase, onsets: [onset.clockTime(in: first)])
            observance.rule = onset.recurrenceRule
            if observance.rule == nil {
                // No simple rule: every onset until `to`, but not without end.
                let last = min(year(to) + 1, max(first + 30, 2037))
                observance.onsets = (first...max(first, last)).map { onset.clockTime(in: $0) }
            }
            return observance
        }
    }
}
