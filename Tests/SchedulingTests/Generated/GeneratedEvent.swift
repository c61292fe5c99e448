import ICalendar
import MailMessage

/// An event as some organizer's client might send it, and somebody to invite to it.
struct GeneratedEvent {
    /// The VCALENDAR.
    var calendar: Component
    var organizerName: String?
    var recipient: EmailAddress
    var recipientName: String?
    var summary: String
    var description: String
    var location: String

    var master: Component { calendar.components("VEVENT")[0] }

    private static let addresses = [
        "bob@example.com", "Bob.O'Neil+tea@example.com", "a!b#c$d%e&f*g/h=i?j^k_l`m{n|o}p~q@example.com",
        "\"quoted local\"@example.com", "x@xn--bcher-kva.example", "100%real@example.com", "very.\(long)@example.com",
    ]
    private static let long = String(repeating: "long", count: 12)

    init(seed: UInt64) throws {
        var random = Generator(seed: seed)
        let time = GeneratedTime(&random)
        summary = GeneratedText.any(&random)
        description = GeneratedText.any(&random, words: 0...60)
        location = GeneratedText.any(&random)
        organizerName = random.once(in: 6) ? nil : GeneratedText.any(&random, words: 1...3)
        recipientName = random.once(in: 4) ? nil : GeneratedText.any(&random, words: 1...3)
        recipient = try EmailAddress(parsing: random.one(of: Self.addresses))
        var event = Component("VEVENT")
        event.properties = [
            Property("UID", "\(seed)@acme.example"), Property("DTSTAMP", "20261122T090000Z"),
            time.start.property("DTSTART"),
        ]
        event.properties += Self.end(time.start, &random) + GeneratedSeries.properties(time.start, &random)
        event.properties += [
            .text("SUMMARY", summary), .text("DESCRIPTION", description), .text("LOCATION", location),
        ]
        event.properties += GeneratedDetails.properties(&random)
        if GeneratedInvitation.text(summary) == nil {
            // The second one would stand in for the first.
            event.properties.removeAll { $0.name == "SUMMARY" }
        }
        event.components = GeneratedDetails.alarms(&random)
        let overrides = GeneratedSeries.overrides(of: event, &random)
        calendar = Component(
            "VCALENDAR",
            properties: [
                Property("PRODID", "-//Acme//Calendar 1//EN"), Property("VERSION", "2.0"),
                Property("METHOD", "REQUEST"),
            ], components: (time.zone.map { [$0] } ?? []) + [event] + overrides)
    }

    /// DTEND, DURATION, both or neither; now and then none that can be meant.
    private static func end(_ start: DateValue, _ random: inout Generator) -> [Property] {
        let minutes = random.number(1...40) * 15
        let end = GeneratedTime.later(start, days: start.isDate ? random.number(1...10) : 0, minutes: minutes)
        switch random.number(0...9) {
        case 0: return []
        case 1:
            return [Property("DURATION", random.one(of: ["PT1H", "P1D", "P1W", "PT90M", "PT0S", "P0D", "P1DT12H"]))]
        case 2: return [end.property("DTEND"), Property("DURATION", "PT1H")]
        case 3 where random.once(in: 3): return [start.property("DTEND")]
        case 4 where random.once(in: 3):
            return [
                (start.isDate ? DateValue.utc(end.date, .midnight) : .date(end.date.adding(days: 1))).property("DTEND")
            ]
        case 5 where start.tzid != nil:
            // It ends where the traveller lands.
            return [
                DateValue.zoned(end.date.adding(days: 2), end.time ?? .midnight, tzid: "Asia/Tokyo").property("DTEND")
            ]
        default: return [end.property("DTEND")]
        }
    }
}
