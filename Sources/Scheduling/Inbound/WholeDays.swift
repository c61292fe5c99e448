import ICalendar

/// Outlook writes whole days as times from midnight to midnight of its zone, and marks them (MS-OXCICAL,
/// X-MICROSOFT-CDO-ALLDAYEVENT). Other programs overlook the mark, so they are turned into the dates they mean.
enum WholeDays {
    static func inDates(_ calendar: Component) -> Component {
        let zones = ZoneResolver(calendar: calendar)
        var calendar = calendar
        for index in calendar.components.indices where calendar.components[index].name == "VEVENT" {
            let view = EventView(calendar.components[index])
            guard view.allDay, let start = view.start, !start.isDate else { continue }
            let clock = Clock(zone: start.tzid.flatMap { zones.zone(for: $0) }, zones: zones)
            calendar.components[index].properties = view.component.properties.map(clock.inDates)
        }
        return calendar
    }

    /// That of the event's start, by whose midnights its days are counted.
    private struct Clock {
        let zone: TimeZoneRules?
        let zones: ZoneResolver

        func inDates(_ property: Property) -> Property {
            switch property.name {
            case "DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE":
                let dates = DateValue.list(property).map(date)
                guard let first = dates.first else { return property }
                var written = DateValue.date(first).property(property.name)
                written.value = dates.map { DateValue.date($0).text }.joined(separator: ",")
                written.parameters += property.parameters.filter { $0.isNamed("RANGE") }
                return written
            case "RRULE":
                guard var rule = RecurrenceRule(property.value), case .until(let until) = rule.end else {
                    return property
                }
                rule.end = .until(.date(date(until)))
                return Property(property.name, rule.text, parameters: property.parameters)
            default: return property
            }
        }

        private func date(_ value: DateValue) -> CivilDate {
            guard case .utc = value, let zone, let seconds = zones.epochSeconds(value) else { return value.date }
            return zone.local(fromUTC: seconds).date
        }
    }
}
