import ICalendar

/// The dates of an outgoing VEVENT: each in the standard's form, and of the kind that goes with DTSTART.
struct OutgoingDates {
    let start: DateValue?
    let zones: ZoneResolver

    func forms(of property: Property) -> [Property] {
        switch property.name {
        case "DTSTART":
            return start.flatMap(known).map { [$0.property(property.name)] } ?? []
        case "DTEND": return end(property).map { [$0.property(property.name)] } ?? []
        case "DURATION": return duration(property).map { [Property(property.name, $0)] } ?? []
        case "EXDATE": return lists(property.name, DateValue.list(property).compactMap(aligned))
        case "RDATE": return furtherDates(property)
        case "RRULE": return rule(property).map { [Property(property.name, $0.text)] } ?? []
        default: return []
        }
    }

    /// `nil` for a time in a zone nobody knows, of which no VTIMEZONE could be written.
    private func known(_ value: DateValue) -> DateValue? {
        guard case .zoned(let date, let time, let name) = value else { return value }
        // Only white space: what the zone resolver overlooks.
        let trimmed = ZoneResolver.name(name).split(separator: " ").joined(separator: " ")
        let tzid = zones.zone(for: trimmed) == nil ? name : trimmed
        return zones.zone(for: tzid) == nil ? nil : .zoned(date, time, tzid: tzid)
    }

    /// RECURRENCE-ID of an instance of the series that begins with `start`; without that, as it is.
    func instance(_ property: Property) -> Property? {
        guard let value = DateValue(property), let instance = start == nil ? known(value) : aligned(value) else {
            return nil
        }
        var named = instance.property(property.name)
        if property.parameter("RANGE")?.uppercased() == "THISANDFUTURE" {
            named.parameters.append(ContentParameter("RANGE", "THISANDFUTURE"))
        }
        return named
    }

    /// As DTSTART: a date where that is one, else a time; a date then means its time of day.
    private func aligned(_ value: DateValue) -> DateValue? {
        guard let start, let value = known(value) else { return nil }
        switch (start, value) {
        case (.date, _): return .date(value.date)
        case (.utc(_, let time), .date(let date)): return .utc(date, time)
        case (.floating(_, let time), .date(let date)): return .floating(date, time)
        case (.zoned(_, let time, let tzid), .date(let date)): return known(.zoned(date, time, tzid: tzid))
        case (.utc, .floating(let date, let time)): return .utc(date, time)
        case (.zoned(_, _, let tzid), .floating(let date, let time)): return known(.zoned(date, time, tzid: tzid))
        case (.floating, .utc(let date, let time)), (.floating, .zoned(let date, let time, _)):
            return .floating(date, time)
        default: return value
        }
    }

    /// `nil` if the event would end where it starts, or before: that is what none means.
    private func end(_ property: Property) -> DateValue? {
        guard let start, let raw = DateValue(property) else { return nil }
        var end: DateValue?
        switch (start, raw) {
        case (.date, .date): end = raw
        case (.date, _):
            // The day is not over before its last minute is.
            let date = raw.date
            end = .date(raw.time == .midnight ? date : CivilDate(daysSinceEpoch: date.daysSinceEpoch + 1))
        case (.utc, .date(let date)): end = .utc(date, .midnight)
        case (.floating, .date(let date)): end = .floating(date, .midnight)
        case (.zoned(_, _, let tzid), .date(let date)): end = known(.zoned(date, .midnight, tzid: tzid))
        default: end = aligned(raw)
        }
        guard let end, let first = zones.epochSeconds(start), let last = zones.epochSeconds(end), last > first else {
            return nil
        }
        // By the clock as well, which differs when one of them is in an hour that is left out.
        return start.tzid == end.tzid && !isLater(end, than: start) ? nil : end
    }

    private func isLater(_ one: DateValue, than other: DateValue) -> Bool {
        one.date == other.date ? (one.time ?? .midnight) > (other.time ?? .midnight) : one.date > other.date
    }

    private func duration(_ property: Property) -> String? {
        guard var duration = ICalDuration(property.value), duration.days >= 0, duration.seconds >= 0 else { return nil }
        if start?.isDate == true {
            duration = ICalDuration(days: duration.days + (duration.seconds + 86_399) / 86_400)
        }
        return duration.days + duration.seconds > 0 ? duration.text : nil
    }

    /// A property for each kind and zone, in the order of their first values.
    private func lists(_ name: String, _ values: [DateValue]) -> [Property] {
        var properties: [Property] = []
        for value in values {
            let one = value.property(name)
            if let index = properties.firstIndex(where: { sameKind($0, one) }) {
                properties[index].value += "," + one.value
            } else {
                properties.append(one)
            }
        }
        return properties
    }

    private func sameKind(_ one: Property, _ other: Property) -> Bool {
        one.parameters == other.parameters && one.value.hasSuffix("Z") == other.value.hasSuffix("Z")
    }

    /// RDATE may hold periods, each with a length of its own.
    private func furtherDates(_ property: Property) -> [Property] {
        guard property.parameter("VALUE")?.uppercased() == "PERIOD", start?.isDate == false else {
            return lists(property.name, DateValue.list(property).compactMap(aligned))
        }
        let tzid = property.parameter("TZID")
        return property.value.split(separator: ",").compactMap { part in
            let ends = part.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
            guard ends.count == 2, let first = DateValue(ends[0], tzid: tzid).flatMap(aligned), !first.isDate else {
                return nil
            }
            var period = first.property(property.name)
            period.parameters.insert(ContentParameter("VALUE", "PERIOD"), at: 0)
            if let length = duration(Property("DURATION", ends[1])) {
                period.value += "/" + length
            } else if let last = DateValue(ends[1], tzid: tzid).flatMap(aligned), last.tzid == first.tzid,
                isLater(last, than: first)
            {
                period.value += "/" + last.text
            } else {
                return first.property(property.name)
            }
            return period
        }
    }

    /// UNTIL goes by the kind of DTSTART (RFC 5545 section 3.3.10).
    private func rule(_ property: Property) -> RecurrenceRule? {
        guard var rule = RecurrenceRule(property.value), let start else { return nil }
        if start.isDate { (rule.byHour, rule.byMinute, rule.bySecond) = ([], [], []) }
        guard case .until(let until) = rule.end else { return rule }
        let endOfDay = CivilTime(hour: 23, minute: 59, second: 59) ?? .midnight
        let (date, time) = (until.date, until.time ?? endOfDay)
        switch (start, until) {
        case (.date, _): rule.end = .until(.date(date))
        case (.floating, _): rule.end = .until(.floating(date, time))
        case (.utc, _): rule.end = .until(.utc(date, time))
        case (.zoned, .utc): break
        case (.zoned(_, _, let tzid), _):
            guard let seconds = zones.epochSeconds(.zoned(date, time, tzid: tzid)) else { return nil }
            rule.end = .until(.utc(epochSeconds: seconds))
        }
        return rule
    }
}
