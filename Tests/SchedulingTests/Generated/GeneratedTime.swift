import Foundation
import ICalendar

/// When a generated event is: whole days, floating, UTC, or in a zone by any of the names in use.
struct GeneratedTime {
    var start: DateValue
    /// The VTIMEZONE that must come with it, since nobody knows the name.
    var zone: Component?

    /// All names that the system's data and ours share.
    static let zones = TimeZone.knownTimeZoneIdentifiers.filter { TimeZoneRules.named($0) != nil }.sorted()
    static let otherNames = [
        "W. Europe Standard Time", "Eastern Standard Time", "India Standard Time", "Tokyo Standard Time",
        "AUS Eastern Standard Time", "Pacific SA Standard Time", "Morocco Standard Time", "Israel Standard Time",
        "Line Islands Standard Time", "Nepal Standard Time", "UTC", "/mozilla.org/20050126_1/Europe/Berlin",
        "/freeassociation.sourceforge.net/America/New_York",
        "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna",
        "(GMT-08.00) Pacific Time (US & Canada) / Tijuana", "UTC+05:30", "GMT", "EST5EDT", "Etc/GMT+12",
    ]

    init(_ random: inout Generator) {
        let date = CivilDate(daysSinceEpoch: random.number(-365...36_500))
        let minutes = random.once(in: 5) ? 0 : random.number(0...95) * 15
        let time = CivilTime(secondsSinceMidnight: minutes * 60 + (random.once(in: 30) ? 7 : 0))
        switch random.number(0...9) {
        case 0, 1: start = .date(date)
        case 2: start = .floating(date, time)
        case 3: start = .utc(date, time)
        case 4: start = .zoned(date, time, tzid: random.one(of: Self.otherNames))
        case 5:
            let name = random.one(of: [
                "Customized Time Zone", "My zone; \"quoted\", ^1", "Офис", "tzone://Microsoft/Custom",
            ])
            start = .zoned(date, time, tzid: name)
            zone = Self.custom(name, &random)
        default: start = .zoned(date, time, tzid: random.one(of: Self.zones))
        }
    }

    /// As Outlook writes a zone of its own.
    private static func custom(_ name: String, _ random: inout Generator) -> Component {
        func observance(_ kind: String, _ from: String, _ to: String, _ rule: String) -> Component {
            Component(
                kind,
                properties: [
                    Property("DTSTART", "16010101T020000"), Property("TZOFFSETFROM", from), Property("TZOFFSETTO", to),
                    Property("RRULE", rule),
                ])
        }
        let isFixed = random.once(in: 3)
        let standard = observance("STANDARD", isFixed ? "+0345" : "+0445", "+0345", "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10")
        let daylight = observance("DAYLIGHT", "+0345", "+0445", "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3")
        return Component(
            "VTIMEZONE", properties: [.text("TZID", name)], components: isFixed ? [standard] : [standard, daylight])
    }

    /// The same kind of value, so many days and minutes later by the clock.
    static func later(_ value: DateValue, days: Int, minutes: Int = 0) -> DateValue {
        let total = (value.time?.secondsSinceMidnight ?? 0) + minutes * 60
        let date = value.date.adding(days: days + total / 86_400)
        let time = CivilTime(secondsSinceMidnight: total % 86_400)
        return switch value {
        case .date: .date(value.date.adding(days: days))
        case .floating: .floating(date, time)
        case .utc: .utc(date, time)
        case .zoned(_, _, let tzid): .zoned(date, time, tzid: tzid)
        }
    }
}
