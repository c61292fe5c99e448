// Calendars whose contents are uncommon.
extension UncommonMail {
    private static func event(_ lines: String...) -> String { calendar(lines + [organizer, attendee]) }

    private static func at(_ start: String, _ end: String? = nil) -> String {
        "REQUEST \(start)–\(end ?? start) Tea by ann@acme.example to bob@example.com"
    }

    private static func titled(_ title: String) -> String { tea.replacing(" Tea ", with: " \(title) ") }

    private static let customZone = [
        "BEGIN:VTIMEZONE", "TZID:Customized Time Zone", "BEGIN:STANDARD", "DTSTART:16010101T020000",
        "TZOFFSETFROM:-0400", "TZOFFSETTO:-0500", "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=1SU;BYMONTH=11", "END:STANDARD",
        "BEGIN:DAYLIGHT", "DTSTART:00010325T020000", "TZOFFSETFROM:-0500", "TZOFFSETTO:-0400",
        "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=2SU;BYMONTH=3", "END:DAYLIGHT", "END:VTIMEZONE", "",
    ].joined(separator: "\r\n")

    static let contents: [UncommonMail] = dates + zones + people + texts + shapes

    private static let dates: [UncommonMail] = [
        UncommonMail("an end before the start", end, "DTEND:20261124T130000Z", is: "refused: endsBeforeStart"),
        UncommonMail("a negative duration", end, "DURATION:-PT1H", is: "refused: endsBeforeStart"),
        UncommonMail("an end of nothing", end, "DTEND:", is: at("20261124T140000Z")),
        UncommonMail("weeks and hours in one duration", end, "DURATION:P0W0DT1H0M0S"),
        UncommonMail(
            "a day that ends at a time",
            calendar: event("DTSTART;VALUE=DATE:20261124", "DTEND:20261125T000000Z", "SUMMARY:Tea"),
            is: at("20261124T000000Z", "20261125T000000Z")),
        UncommonMail(
            "a day that ends on itself",
            calendar: event("DTSTART;VALUE=DATE:20261124", "DTEND;VALUE=DATE:20261124", "SUMMARY:Tea"),
            is: at("20261124T000000Z", "20261124T000000Z")),
        UncommonMail(
            "a date without VALUE=DATE", calendar: event("DTSTART:20261124", "DTEND:20261125", "SUMMARY:Tea"),
            is: at("20261124T000000Z", "20261125T000000Z")),
        UncommonMail(
            "a date with a time after all",
            calendar: event("DTSTART;VALUE=DATE:20261124T000000", "DTEND;VALUE=DATE:20261125T000000", "SUMMARY:Tea"),
            is: at("20261124T000000Z", "20261125T000000Z")),
        UncommonMail(
            "a date in a zone", calendar: event("DTSTART;TZID=Europe/Berlin;VALUE=DATE:20261124", "SUMMARY:Tea"),
            is: at("20261124T000000Z", "20261125T000000Z")),
        UncommonMail(
            "dates as ISO 8601 has them",
            calendar: event("DTSTART:2026-11-24T15:00:00+01:00", "DTEND:2026-11-24T15:00:00.000Z", "SUMMARY:Tea")),
        UncommonMail("a time in UTC and in a zone at once", start, "DTSTART;TZID=Europe/Berlin:20261124T140000Z"),
        UncommonMail("a time without seconds, in lower case", start, "DTSTART:20261124t1400z"),
        UncommonMail(
            "midnight as hour 24", calendar: event("DTSTART:20261123T240000Z", "SUMMARY:Tea"),
            is: at("20261124T000000Z")),
        UncommonMail(
            "a day there is not", start, "DTSTART:20260230T140000Z",
            is: "refused: unusableStart(value: \"20260230T140000Z\")"),
        UncommonMail(
            "the end of all days", calendar: event("DTSTART:99991231T235959Z", "DURATION:P4000000D", "SUMMARY:Tea"),
            is: at("99991231T235959Z", "99991231T235959Z")),
        UncommonMail(
            "a rule that ends at a time of a series of days",
            calendar: event(
                "DTSTART;VALUE=DATE:20261124", "RRULE:FREQ=MONTHLY;UNTIL=20270224T000000Z;BYMONTHDAY=24;WKST=MO",
                "SUMMARY:Tea"),
            is: at("20261124T000000Z", "20261125T000000Z")),
        UncommonMail(
            "a rule with parts that were not chosen", end,
            end + "\r\nRRULE:FREQ=WEEKLY;INTERVAL=;COUNT=;UNTIL=;BYDAY=TU,;X-EVOLUTION-ENDDATE=20270101T000000Z;"),
        UncommonMail("a rule of vCalendar 1.0", end, end + "\r\nRRULE:W1 TU TH #10"),
        UncommonMail(
            "a rule with a part nobody knows", end, end + "\r\nRRULE:FREQ=WEEKLY;BYMOON=FULL",
            is: "refused: unusableRule(value: \"FREQ=WEEKLY;BYMOON=FULL\")"),
        UncommonMail(
            "a rule by leap months that only other calendars have", end,
            end + "\r\nRRULE:RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=5L;SKIP=FORWARD",
            is: "refused: unusableRule(value: \"RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=5L;SKIP=FORWARD\")"),
        UncommonMail(
            "a rule by the Gregorian calendar, said expressly", end,
            end + "\r\nRRULE:RSCALE=GREGORIAN;FREQ=WEEKLY;BYDAY=TU"),
        UncommonMail(
            "an instance named in another zone than its series",
            calendar: calendar(
                [
                    "DTSTART;TZID=Europe/Berlin:20261124T150000", "RRULE:FREQ=DAILY", "SUMMARY:Tea", organizer,
                    attendee, "END:VEVENT", "BEGIN:VEVENT",
                    "UID:1@acme.example", "DTSTAMP:20261122T090000Z", "RECURRENCE-ID;TZID=Asia/Tokyo:20261126T230000",
                    "DTSTART:20261126T160000Z", "SUMMARY:Later",
                ]),
            is: at("20261124T140000Z")),
        UncommonMail(
            "exclusions with blanks and of two kinds", end,
            end
                + "\r\nRRULE:FREQ=DAILY\r\nEXDATE:20261125T140000Z, 20261126T140000Z\r\nEXDATE;VALUE=DATE:20261127\r\nEXDATE:"
        ),
    ]

    private static let zones: [UncommonMail] = [
        UncommonMail(
            "a zone as Outlook shows it, without quotation marks",
            calendar: event(
                "DTSTART;TZID=(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna:20261124T150000", end,
                "SUMMARY:Tea")),
        UncommonMail(
            "a quoted zone",
            calendar: event(
                "DTSTART;TZID=\"Europe/Berlin\":20261124T150000",
                "DTEND;TZID=\"/freeassociation.sourceforge.net/Europe/Berlin\":20261124T160000", "SUMMARY:Tea")),
        UncommonMail(
            "a Windows zone",
            calendar: event("DTSTART;TZID=W. Europe Standard Time:20261124T150000", end, "SUMMARY:Tea")),
        UncommonMail(
            "UTC as Exchange names it",
            calendar: event("DTSTART;TZID=\"tzone://Microsoft/Utc\":20261124T140000", end, "SUMMARY:Tea")),
        UncommonMail(
            "a zone of a country's capital",
            calendar: event("DTSTART;TZID=Germany/Berlin:20261124T150000", end, "SUMMARY:Tea")),
        UncommonMail(
            "a zone with blanks in its name",
            calendar: event("DTSTART;TZID=America/New York:20261124T090000", end, "SUMMARY:Tea")),
        UncommonMail(
            "Outlook's words for a zone without its offset",
            calendar: event("DTSTART;TZID=Eastern Time (US & Canada):20261124T090000", end, "SUMMARY:Tea")),
        UncommonMail(
            "a zone of its own from the years 1 and 1601",
            calendar: event("DTSTART;TZID=Customized Time Zone:20261124T090000", end, "SUMMARY:Tea").replacing(
                "BEGIN:VEVENT", with: customZone + "BEGIN:VEVENT")),
        UncommonMail(
            "a zone of its own, quoted where it is defined",
            calendar: event("DTSTART;TZID=\"Customized Time Zone\":20261124T090000", end, "SUMMARY:Tea").replacing(
                "BEGIN:VEVENT",
                with: customZone.replacing("TZID:Customized Time Zone", with: "TZID:\"Customized Time Zone\"")
                    + "BEGIN:VEVENT")),
        UncommonMail(
            "a zone without anything in it",
            calendar: event("DTSTART;TZID=UTC:20261124T140000", end, "SUMMARY:Tea").replacing(
                "BEGIN:VEVENT", with: "BEGIN:VTIMEZONE\r\nTZID:UTC\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT")),
        UncommonMail(
            "an abbreviation that says more than the name it is",
            calendar: event("DTSTART;TZID=EST:20260724T100000", "SUMMARY:Tea").replacing(
                "BEGIN:VEVENT", with: customZone.replacing("Customized Time Zone", with: "EST") + "BEGIN:VEVENT"),
            is: at("20260724T140000Z")),
        UncommonMail(
            "a parameter swallowed by quotation marks",
            calendar: event("DTSTART;TZID=\"local;VALUE=DATE-TIME\":20261124T090000", end, "SUMMARY:Tea").replacing(
                "BEGIN:VEVENT", with: customZone.replacing("Customized Time Zone", with: "local") + "BEGIN:VEVENT")),
        UncommonMail(
            "a zone nobody knows", calendar: event("DTSTART;TZID=Moon/Tranquility:20261124T150000", "SUMMARY:Tea"),
            is: "refused: unknownTimeZone(\"Moon/Tranquility\")"),
        UncommonMail(
            "a zone that is only an offset",
            calendar: event("DTSTART;TZID=\"(GMT +01:00)\":20261124T150000", end, "SUMMARY:Tea")),
        UncommonMail(
            "several cities in one quoted zone",
            calendar: event("DTSTART;TZID=\"Pacific Time (US & Canada),Tijuana\":20261124T060000", end, "SUMMARY:Tea")),
        UncommonMail("no zone at all", calendar: event("DTSTART;TZID=:20261124T140000", end, "SUMMARY:Tea")),
    ]

    private static let people: [UncommonMail] = [
        UncommonMail("an organizer without mailto", organizer, "ORGANIZER:ann@acme.example"),
        UncommonMail(
            "MAILTO in capitals, twice, with a blank", attendee, "ATTENDEE;RSVP=TRUE:MAILTO:mailto: Bob@Example.com"),
        UncommonMail("an address in angle brackets", attendee, "ATTENDEE:mailto:<bob@example.com>"),
        UncommonMail(
            "a name before the address, as in vCalendar 1.0", attendee,
            "ATTENDEE;ROLE=ATTENDEE;STATUS=NEEDS ACTION:Bob <bob@example.com>"),
        UncommonMail("an address with percent signs", attendee, "ATTENDEE:mailto:bob%40example.com"),
        UncommonMail("an address with a subject behind it", attendee, "ATTENDEE:mailto:bob@example.com?subject=Tea"),
        UncommonMail(
            "an address that the EMAIL parameter has", attendee, "ATTENDEE;EMAIL=bob@example.com:invalid:nomail"),
        UncommonMail(
            "a name with quotation marks, semicolons and carets", attendee,
            "ATTENDEE;CN=\"Bob \"the; tea\" ^^Smith^'\";RSVP=TRUE:mailto:bob@example.com"),
        UncommonMail("a name with backslashes", attendee, "ATTENDEE;CN=Smith\\, Bob\\; Dr.:mailto:bob@example.com"),
        UncommonMail("a name whose quotation mark is not closed", attendee, "ATTENDEE;CN=\"Bob:mailto:bob@example.com"),
        UncommonMail("a name with a colon", attendee, "ATTENDEE;CN=\"Room: Tea\":mailto:bob@example.com"),
        UncommonMail(
            "a SENT-BY without quotation marks", organizer,
            "ORGANIZER;SENT-BY=mailto:eve@acme.example;CN=Ann:mailto:ann@acme.example"),
        UncommonMail(
            "a comment broken into lines in a quoted parameter", attendee,
            "ATTENDEE;X-RESPONSE-COMMENT=\"I will be late\r\nor not come\";RSVP=TRUE:mailto:bob@example.com"),
        UncommonMail(
            "an attendee of nothing", attendee, "ATTENDEE;CN=Bob:", is: tea.replacing("bob@example.com", with: "nobody")
        ),
        UncommonMail(
            "an organizer of nothing", organizer, "ORGANIZER:", is: tea.replacing("ann@acme.example", with: "nobody")),
        UncommonMail(
            "an organizer in an old directory", organizer, "ORGANIZER;CN=Ann:/o=Acme/ou=First/cn=Recipients/cn=ann",
            is: tea.replacing("ann@acme.example", with: "/o=acme/ou=first/cn=recipients/cn=ann")),
        UncommonMail(
            "two thousand attendees", attendee,
            attendee + (0..<2000).map { "\r\nATTENDEE;CN=\"Guest \($0)\":mailto:guest\($0)@example.com" }.joined(),
            is: tea + (0..<2000).map { " guest\($0)@example.com" }.joined()),
    ]

    private static let texts: [UncommonMail] = [
        UncommonMail(
            "a title from right to left with signs that turn it", "SUMMARY:Tea",
            "SUMMARY;LANGUAGE=he:\u{202B}תה 🍵\u{202C} \\, \u{200F}👩‍👩‍👧", is: titled("\u{202B}תה 🍵\u{202C} , \u{200F}👩‍👩‍👧")),
        UncommonMail(
            "a description of a megabyte in one line", "SUMMARY:Tea",
            "SUMMARY:Tea\r\nDESCRIPTION:" + String(repeating: "Tea \\n", count: 200_000)),
        UncommonMail(
            "a fold inside a character and inside an escape", "SUMMARY:Tea", "SUMMARY:Tea\\\r\n \\n\\\r\n ,",
            is: titled("Tea\\n,")),
        UncommonMail(
            "a title that is not folded", "SUMMARY:Tea", "SUMMARY:Tea\r\nand cake", is: titled("Tea\nand cake")),
        UncommonMail(
            "quoted-printable of vCalendar 1.0", "SUMMARY:Tea",
            "SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:T=E9a=\r\n=20time", is: titled("Téa time")),
        UncommonMail(
            "characters that control terminals", "SUMMARY:Tea", "SUMMARY:T\u{1B}[31me\u{7}a",
            is: titled("T\u{1B}[31me\u{7}a")),
        UncommonMail(
            "a name that has an underscore and one that is none", "SUMMARY:Tea",
            "SUMMARY:Tea\r\nX_WR_NAME:1\r\n:2\r\n;3\r\nÄ:4\r\nX-A;=:5"),
        UncommonMail("white space around names", "SUMMARY:Tea", "SUMMARY : Tea", is: titled(" Tea")),
        UncommonMail("a place with a comma in its GEO", "SUMMARY:Tea", "SUMMARY:Tea\r\nGEO:52.5163,13.3779\r\nGEO:"),
    ]

    private static let shapes: [UncommonMail] = [
        UncommonMail("no END of anything", calendar: calendar().replacing("END:VEVENT\r\nEND:VCALENDAR\r\n", with: "")),
        UncommonMail(
            "an event without a calendar around it",
            calendar: "BEGIN:VEVENT"
                + calendar(method: nil).split(separator: "BEGIN:VEVENT")[1].replacing("END:VCALENDAR\r\n", with: ""),
            is: tea.replacing("REQUEST", with: "nothing")),
        UncommonMail(
            "a calendar for the zone and another for the event",
            calendar: "BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nTZID:X\r\nEND:VTIMEZONE\r\nEND:VCALENDAR\r\n" + calendar()),
        UncommonMail(
            "a series and its changed instance in calendars of their own",
            calendar: calendar([start, end, "RRULE:FREQ=DAILY", "SUMMARY:Tea", organizer, attendee])
                + calendar([
                    "RECURRENCE-ID:20261125T140000Z", "DTSTART:20261125T160000Z", "SUMMARY:Later", organizer, attendee,
                ])),
        UncommonMail(
            "vCalendar 1.0",
            calendar: calendar([
                start, end, "SUMMARY:Tea", "AALARM;TYPE=WAVE:20261124T134500Z;;1;tea.wav",
                "DALARM:20261124T134500Z;PT5M;2;Tea!", "CATEGORIES:MEETING;TEA", organizer, attendee,
            ]).replacing("VERSION:2.0", with: "VERSION:1.0")),
        UncommonMail(
            "a to-do beside the event",
            calendar: calendar().replacing(
                "BEGIN:VEVENT", with: "BEGIN:VTODO\r\nUID:2\r\nSUMMARY:Boil water\r\nEND:VTODO\r\nBEGIN:VEVENT")),
        UncommonMail(
            "nothing but a to-do", calendar: calendar().replacing("VEVENT", with: "VTODO"),
            is: "refused: unreadable(detail: \"it holds no VEVENT\")"),
        UncommonMail(
            "an alarm that is not closed",
            calendar: calendar().replacing(
                "END:VEVENT", with: "BEGIN:VALARM\r\nTRIGGER:-PT5M\r\nSUMMARY:Alarm\r\nEND:VEVENT")),
        UncommonMail(
            "properties behind the alarm",
            calendar: calendar().replacing(
                "SUMMARY:Tea", with: "BEGIN:VALARM\r\nTRIGGER:-PT5M\r\nDESCRIPTION:Alarm\r\nEND:VALARM\r\nSUMMARY:Tea")),
        UncommonMail(
            "two events of different UIDs",
            calendar: calendar().replacing(
                "END:VCALENDAR",
                with: "BEGIN:VEVENT\r\nUID:2\r\nDTSTART:20261124T140000Z\r\nEND:VEVENT\r\nEND:VCALENDAR"),
            is: "refused: severalEvents(count: 2)"),
        UncommonMail(
            "a UID with blanks around it",
            calendar: calendar().replacing("UID:1@acme.example", with: "UID: 1@acme.example ")),
        UncommonMail(
            "no UID", calendar: calendar().replacing("UID:1@acme.example\r\n", with: ""), is: "refused: missingUID"),
        UncommonMail(
            "everything in lower case",
            calendar: calendar([
                "dtstart:20261124T140000Z", "dtend:20261124T150000Z", "summary:Tea",
                "organizer:mailto:ann@acme.example", "attendee:mailto:bob@example.com",
            ]).replacing("BEGIN:VEVENT", with: "begin:vevent").replacing("END:VEVENT", with: "end:vevent")),
        UncommonMail(
            "nesting without end",
            calendar: calendar().replacing(
                "SUMMARY:Tea", with: "SUMMARY:Tea\r\n" + String(repeating: "BEGIN:X-A\r\nBEGIN:X-B\r\n", count: 500)),
            is: tea.replacing("by ann@acme.example to bob@example.com", with: "by nobody to ")),
    ]
}
