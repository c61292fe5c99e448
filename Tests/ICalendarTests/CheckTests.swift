import ICalendar
import Testing

private func check(_ lines: String...) -> [String] {
    let head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "BEGIN:VEVENT"]
    let all = head + lines + ["END:VEVENT", "END:VCALENDAR", ""]
    let parsed = ICalendar.parse(Array(all.joined(separator: "\r\n").utf8))
    return parsed.calendars.flatMap(ICalendar.check).map { "\($0.line) \($0.code): \($0.message)" }
}

@Suite struct CheckTests {
    @Test("a calendar as it should be has no problems")
    func good() {
        #expect(
            check(
                "UID:1", "DTSTAMP:20260101T000000Z", "DTSTART;TZID=Europe/Berlin:20260101T100000",
                "DTEND;TZID=Europe/Berlin:20260101T110000", "RRULE:FREQ=DAILY;COUNT=2", "SEQUENCE:0",
                "EXDATE:20260102T090000Z,20260103T090000Z") == [])
    }

    @Test("what is missing, doubled or of the wrong type is named with its line")
    func bad() {
        #expect(
            check("UID:1", "UID:2", "DTSTART:soon", "RRULE:FREQ=NEVER", "SEQUENCE:x", "DURATION:1h", "EXDATE:20260101,")
                == [
                    "4 missingProperty: VEVENT has no DTSTAMP",
                    "6 duplicateProperty: VEVENT has UID more than once",
                    "7 badValue: DTSTART is not a date or time: \"soon\"",
                    "8 badValue: RRULE is not a recurrence rule: \"FREQ=NEVER\"",
                    "9 badValue: SEQUENCE is not a number: \"x\"",
                    "10 badValue: DURATION is not a duration: \"1h\"",
                    "11 badValue: EXDATE is not a list of dates or times: \"20260101,\"",
                ])
    }

    @Test("ends before starts, ends beside durations and unknown zones are named")
    func contradictions() {
        let stamp = ["UID:1", "DTSTAMP:20260101T000000Z"]
        #expect(
            check(stamp[0], stamp[1], "DTSTART:20260102T000000Z", "DTEND:20260101T000000Z", "DURATION:PT1H") == [
                "9 duplicateProperty: there is an end (20260101T000000Z) and a duration",
                "8 badValue: the end is before the start",
            ])
        #expect(
            check(stamp[0], stamp[1], "DTSTART;TZID=Nowhere:20260102T000000") == [
                "7 badValue: DTSTART is in a time zone nobody knows: \"Nowhere\""
            ])
    }

    @Test("an instance is named as its series begins, whatever it became itself")
    func instances() {
        func check(_ recurrenceID: String) -> [String] {
            let lines = [
                "BEGIN:VCALENDAR", "PRODID:x", "VERSION:2.0", "BEGIN:VEVENT", "UID:1", "DTSTAMP:20260101T000000Z",
                "DTSTART;VALUE=DATE:20260101", "RRULE:FREQ=DAILY", "END:VEVENT", "BEGIN:VEVENT", "UID:1",
                "DTSTAMP:20260101T000000Z", "DTSTART:20260102T090000Z", recurrenceID, "END:VEVENT", "END:VCALENDAR", "",
            ]
            return ICalendar.parse(Array(lines.joined(separator: "\r\n").utf8)).calendars.flatMap(ICalendar.check)
                .map { "\($0.line) \($0.message)" }
        }
        #expect(check("RECURRENCE-ID;VALUE=DATE:20260102") == [])
        #expect(
            check("RECURRENCE-ID:20260102T000000Z") == [
                "14 RECURRENCE-ID and the DTSTART of its series are not both dates or both times"
            ])
    }
}
