import TestSupport
import Testing

private let sound = """
    BEGIN:VCALENDAR
    PRODID:-//Acme//Calendar 1//EN
    VERSION:2.0
    METHOD:REQUEST
    BEGIN:VTIMEZONE
    TZID:Europe/Berlin
    BEGIN:STANDARD
    DTSTART:19701025T030000
    TZOFFSETFROM:+0200
    TZOFFSETTO:+0100
    RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
    END:STANDARD
    END:VTIMEZONE
    BEGIN:VEVENT
    UID:1
    DTSTAMP:20261122T090000Z
    DTSTART;TZID=Europe/Berlin:20261124T150000
    DTEND;TZID=Europe/Berlin:20261124T160000
    RRULE:FREQ=WEEKLY;UNTIL=20271124T140000Z
    EXDATE;TZID=Europe/Berlin:20261201T150000
    SUMMARY:Tea\\, cake
    ORGANIZER;SENT-BY="mailto:a@acme.example":mailto:ann@acme.example
    ATTENDEE;RSVP=TRUE;CN=Bob ^'B^':mailto:bob@example.com
    END:VEVENT
    END:VCALENDAR

    """.replacing("\n", with: "\r\n")

/// A change that makes a sound object faulty.
struct StrictCase: Sendable, CustomTestStringConvertible {
    var old: String
    var new: String

    init(_ old: String, _ new: String) { (self.old, self.new) = (old, new) }

    var testDescription: String { "\(old) to \(new)" }
}

@Suite("The strict checker") struct StrictCalendarTests {
    @Test("finds nothing in a sound object")
    func soundObject() {
        #expect(StrictCalendar.faults(in: Array(sound.utf8)) == [])
    }

    @Test(
        "finds each fault",
        arguments: [
            StrictCase("\r\nVERSION", "\nVERSION"), StrictCase("END:VCALENDAR\r\n", "END:VCALENDAR"),
            StrictCase("END:VCALENDAR\r\n", "END:VCALENDAR\r\n\r\n"), StrictCase("UID:1", "UID:1\r\n"),
            StrictCase("UID:1", "UID:" + String(repeating: "1", count: 72)), StrictCase("Tea\\,", "Tea\\\r\n ,"),
            StrictCase("UID:1", "UID:1\u{7}"), StrictCase("Tea\\,", "Tea,"), StrictCase("Tea\\,", "Tea\\x"),
            StrictCase("Tea\\,", "Tea;"), StrictCase("RSVP=TRUE", "RSVP=YES"), StrictCase("^'B", "^B"),
            StrictCase("CN=Bob", "CN=Bob \"B\""), StrictCase("\"mailto:a@acme.example\"", "mailto:a@acme.example"),
            StrictCase("RSVP=TRUE", "RSVP=TRUE;RSVP=TRUE"), StrictCase("RSVP=TRUE;", "TZID=Europe/Berlin;"),
            StrictCase("VERSION:2.0\r\n", ""), StrictCase("VERSION:2.0", "VERSION:1.0"),
            StrictCase("METHOD:REQUEST", "METHOD:PUBLISH"), StrictCase("METHOD:REQUEST", "METHOD:CANCEL"),
            StrictCase("UID:1\r\n", ""), StrictCase("UID:1\r\n", "UID:1\r\nUID:1\r\n"),
            StrictCase("DTSTAMP:20261122T090000Z", "DTSTAMP:20261122T090000"),
            StrictCase("UID:1\r\n", "UID:1\r\nFOO:1\r\n"),
            StrictCase("ATTENDEE;", "X-ATTENDEE;"), StrictCase("SUMMARY:", "DESCRIPTION:"),
            StrictCase("mailto:bob@example.com", "bob@example.com"), StrictCase("mailto:bob", "mailto:b ob"),
            StrictCase("SUMMARY", "STATUS:CANCELLED\r\nSUMMARY"),
            StrictCase("SUMMARY", "REQUEST-STATUS:2.0\r\nSUMMARY"),
            StrictCase("SUMMARY", "DURATION:PT1H\r\nSUMMARY"), StrictCase("20261124T160000", "20261124T150000"),
            StrictCase("20261124T160000", "20261131T160000"),
            StrictCase("DTEND;TZID=Europe/Berlin:20261124T160000", "DTEND;VALUE=DATE:20261125"),
            StrictCase("TZID=Europe/Berlin:20261124T150000", "TZID=Europe/Paris:20261124T150000"),
            StrictCase("TZID:Europe/Berlin", "TZID:Europe/Paris"), StrictCase("+0200\r\n", "+200\r\n"),
            StrictCase("UNTIL=20271124T140000Z", "UNTIL=20271124T140000"),
            StrictCase("FREQ=WEEKLY", "FREQ=WEEKLY;BYMONTHDAY=1"),
            StrictCase("FREQ=WEEKLY", "FREQ=WEEKLY;COUNT=2"), StrictCase("FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=1MO"),
            StrictCase("EXDATE;TZID=Europe/Berlin:20261201T150000", "EXDATE;VALUE=DATE:20261201"),
            StrictCase("20261201T150000", "20261201T150000Z"),
            StrictCase("END:VEVENT", "BEGIN:VALARM\r\nEND:VALARM\r\nEND:VEVENT"),
            StrictCase("END:VTIMEZONE", "END:VEVENT"), StrictCase("TZOFFSETTO:+0100\r\n", ""),
            StrictCase("END:VEVENT", "END:VEVENT\r\nBEGIN:VEVENT\r\nUID:2\r\nEND:VEVENT"),
        ])
    func faults(change: StrictCase) {
        #expect(sound.contains(change.old))
        let faulty = sound.replacing(change.old, with: change.new, maxReplacements: 1)
        #expect(!StrictCalendar.faults(in: Array(faulty.utf8)).isEmpty)
    }
}
