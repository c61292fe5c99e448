/// A scheduling message about an event or a series (RFC 5546 sections 3.2.1, 3.2.2, 3.2.3 and 3.2.5).
enum StrictMessage {
    static func faults(_ calendar: StrictComponent) -> [String] {
        let events = calendar.components("VEVENT")
        guard let table = table(calendar.first("METHOD")?.value) else {
            return ["METHOD is none of those that are sent"]
        }
        var faults: [String] = events.isEmpty ? ["a message without an event"] : []
        for event in events {
            faults += table.faults(event) + times(event)
            if !event.components.isEmpty { faults.append("a \(event.components[0].name) in the event") }
            faults += status(event, calendar.first("METHOD")?.value)
        }
        faults += series(events)
        return faults
    }

    private static func table(_ method: String?) -> StrictTable? {
        switch method {
        case "PUBLISH": .publish
        case "REQUEST": .request
        case "REPLY": .reply
        case "CANCEL": .cancel
        default: nil
        }
    }

    private static func status(_ event: StrictComponent, _ method: String?) -> [String] {
        let status = event.first("STATUS")?.value
        if method == "REQUEST", status == "CANCELLED" { return ["a REQUEST of a cancelled event"] }
        if method == "CANCEL", status != nil, status != "CANCELLED" { return ["a CANCEL with another STATUS"] }
        return []
    }

    /// The components are of one event: one UID, one ORGANIZER, one series at most, each instance once.
    private static func series(_ events: [StrictComponent]) -> [String] {
        var faults: [String] = []
        for name in ["UID", "ORGANIZER"] where Set(events.compactMap { $0.first(name)?.value }).count > 1 {
            faults.append("several \(name)s")
        }
        let masters = events.filter { $0.first("RECURRENCE-ID") == nil }
        if masters.count > 1 { faults.append("several components without RECURRENCE-ID") }
        let instances = events.compactMap { $0.first("RECURRENCE-ID") }
        let names = instances.map { "\($0.parameter("TZID") ?? "") \($0.value)" }
        if Set(names).count < names.count { faults.append("an instance twice") }
        if let start = masters.first?.first("DTSTART").flatMap({ StrictDate($0.value) }) {
            for instance in instances {
                let isDate = StrictDate(instance.value)?.kind == .date
                if isDate != (start.kind == .date) { faults.append("RECURRENCE-ID is not of the type of DTSTART") }
            }
        }
        return faults
    }

    private static func times(_ event: StrictComponent) -> [String] {
        var faults: [String] = []
        let startLine = event.first("DTSTART")
        let start = startLine.flatMap { StrictDate($0.value) }
        if event.first("DTEND") != nil, event.first("DURATION") != nil { faults.append("DTEND and DURATION") }
        if let start, let line = event.first("DTEND"), let end = StrictDate(line.value) {
            if (start.kind == .date) != (end.kind == .date) { faults.append("DTEND is not of the type of DTSTART") }
            if (start.kind == .utc) != (end.kind == .utc), startLine?.parameter("TZID") == nil,
                line.parameter("TZID") == nil
            {
                faults.append("DTEND floats and DTSTART does not, or the other way")
            }
            if line.parameter("TZID") == startLine?.parameter("TZID"), start.kind == end.kind,
                end.digits <= start.digits
            {
                faults.append("DTEND is not later than DTSTART")
            }
        }
        if start?.kind == .date, let duration = event.first("DURATION"),
            !StrictDuration.isSound(duration.value, onlyDays: true)
        {
            faults.append("DURATION of an event of whole days has a time")
        }
        let isZoned = startLine?.parameter("TZID") != nil
        faults += event.all("RRULE").flatMap { StrictRule.faults($0.value, start: start, isZoned: isZoned) }
        for line in event.all("EXDATE") + event.all("RDATE") where line.parameter("VALUE") != "PERIOD" {
            let isDate = line.value.split(separator: ",").allSatisfy { StrictDate($0)?.kind == .date }
            if let start, isDate != (start.kind == .date) {
                faults.append("\(line.name) is not of the type of DTSTART")
            }
        }
        return faults
    }
}
