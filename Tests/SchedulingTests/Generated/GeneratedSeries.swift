import ICalendar

/// How a generated event repeats.
enum GeneratedSeries {
    private static let days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]

    /// RRULE, RDATE and EXDATE.
    static func properties(_ start: DateValue, _ random: inout Generator) -> [Property] {
        var properties: [Property] = []
        let rule = random.once(in: 2) ? rule(start, &random) : ""
        if !rule.isEmpty { properties.append(Property("RRULE", rule)) }
        if random.once(in: 5) {
            let dates = (0..<random.number(1...6)).map { GeneratedTime.later(start, days: 3 + $0 * 5, minutes: 30) }
            properties += list("RDATE", dates, &random)
        }
        if random.once(in: 15), !start.isDate {
            var period = GeneratedTime.later(start, days: 40).property("RDATE")
            period.value += "/PT1H30M"
            period.setParameter("VALUE", "PERIOD")
            properties.append(period)
        }
        if random.once(in: 3) {
            let dates = (1...random.number(1...8)).map { GeneratedTime.later(start, days: $0 * 7) }
            // A date would exclude several instances of such a day, which no time can say.
            let isOncePerDay = !rule.contains("BYHOUR")
            properties += list("EXDATE", dates, asDates: isOncePerDay && random.once(in: 8), &random)
        }
        return properties
    }

    /// In one property or several, as dates at times, and now and then in the wrong zone or with something unreadable.
    private static func list(_ name: String, _ dates: [DateValue], asDates: Bool = false, _ random: inout Generator)
        -> [Property]
    {
        var dates = dates
        if random.once(in: 6), case .zoned = dates[0] {
            dates[0] = .zoned(dates[0].date, dates[0].time ?? .midnight, tzid: "Nowhere/Unknown")
        }
        if asDates { dates[0] = .date(dates[0].date) }
        if random.once(in: 2) || Set(dates.map { "\($0.tzid ?? "")\($0.isDate)" }).count > 1 {
            return dates.map { $0.property(name) }
        }
        var property = dates[0].property(name)
        property.value = dates.map(\.text).joined(separator: ",")
        if random.once(in: 10) { property.value += ",not-a-date" }
        return [property]
    }

    private static func rule(_ start: DateValue, _ random: inout Generator) -> String {
        func some(_ list: [String]) -> String {
            Set((0..<random.number(1...3)).map { _ in random.one(of: list) }).sorted().joined(separator: ",")
        }
        func ordinal() -> String { random.one(of: ["1", "2", "3", "4", "-1"]) + random.one(of: days) }
        var rule: String
        switch random.number(0...8) {
        case 0: rule = "FREQ=DAILY"
        case 1: rule = "FREQ=WEEKLY;BYDAY=\(some(days))"
        case 2: rule = "FREQ=WEEKLY;WKST=SU;BYDAY=\(some(days))"
        case 3: rule = "FREQ=MONTHLY;BYDAY=\(ordinal())"
        case 4: rule = "FREQ=MONTHLY;BYMONTHDAY=\(random.one(of: ["1", "15", "-1", "31", "10,20"]))"
        case 5: rule = "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=\(random.one(of: ["1", "-1", "2"]))"
        case 6: rule = "FREQ=YEARLY;BYMONTH=\(random.number(1...12));BYDAY=\(ordinal())"
        case 7: rule = "FREQ=YEARLY;BYWEEKNO=\(random.number(1...52));BYDAY=\(random.one(of: days))"
        default: rule = random.once(in: 2) ? "freq=yearly" : "FREQ=DAILY;BYHOUR=9,14;BYMINUTE=0"
        }
        if random.once(in: 3) { rule += ";INTERVAL=\(random.number(1...4))" }
        switch random.number(0...4) {
        case 0: rule += ";COUNT=\(random.number(2...30))"
        case 1, 2:
            // Of the right kind or not: clients do both.
            let last = GeneratedTime.later(start, days: random.number(30...2000))
            rule += ";UNTIL=" + random.one(of: [last.text, "\(last.text.prefix(8))", "\(last.text.prefix(8))T235959Z"])
        default: break
        }
        return rule
    }

    /// Instances that are changed or cancelled.
    static func overrides(of master: Component, _ random: inout Generator) -> [Component] {
        guard let start = EventView(master).start, let rule = master.first("RRULE"), random.once(in: 3) else {
            return []
        }
        let isOncePerDay = !rule.value.contains("BYHOUR") && master.first("RDATE") == nil
        let set = RecurrenceSet(master: EventView(master), zones: ZoneResolver(calendar: Component("VCALENDAR")))
        let instances = set?.occurrences(from: .min, to: .max, limit: 6).map(\.recurrenceID) ?? []
        return instances.filter { _ in random.once(in: 2) }.map { instance in
            var event = Component(
                "VEVENT", properties: [master.first("UID"), master.first("DTSTAMP")].compactMap { $0 })
            var id = instance.property("RECURRENCE-ID")
            if isOncePerDay, random.once(in: 10) { id = DateValue.date(instance.date).property("RECURRENCE-ID") }
            event.properties.append(id)
            if random.once(in: 4) {
                event.properties.append(Property("STATUS", "CANCELLED"))
                return event
            }
            if random.once(in: 20) {
                event.properties[event.properties.count - 1].setParameter("RANGE", "THISANDFUTURE")
            }
            if !random.once(in: 10) {
                let moved = GeneratedTime.later(instance, days: 0, minutes: random.number(-8...8) * 15 + 120)
                event.properties.append(moved.property("DTSTART"))
                event.properties.append(
                    GeneratedTime.later(moved, days: start.isDate ? 1 : 0, minutes: 45).property("DTEND"))
            }
            event.properties.append(.text("SUMMARY", GeneratedText.any(&random)))
            return event
        }
    }
}
