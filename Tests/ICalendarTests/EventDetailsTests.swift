import ICalendar
import Testing

private func details(_ lines: String...) -> EventDetails? {
    let all = ["BEGIN:VCALENDAR", "BEGIN:VEVENT"] + lines + ["END:VEVENT", "END:VCALENDAR"]
    let calendar = ICalendar.parse(Array(all.joined(separator: "\r\n").utf8)).calendars[0]
    return EventDetails.all(in: calendar).first
}

@Suite struct EventDetailsTests {
    @Test(
        "where people meet online is read from each client's property, and from the texts where there is none",
        arguments: [
            ("CONFERENCE;VALUE=URI;FEATURE=audio,VIDEO;LABEL=Join:https://acme.example/1", "https://acme.example/1"),
            ("CONFERENCE;VALUE=URI:tel:+49-30-1", "tel:+49-30-1"),
            ("X-GOOGLE-CONFERENCE:https://meet.google.com/abc-defg-hij", "https://meet.google.com/abc-defg-hij"),
            (
                "X-MICROSOFT-SKYPETEAMSMEETINGURL:https://teams.microsoft.com/l/meetup-join/19%3a/0?context=%7b%7d",
                "https://teams.microsoft.com/l/meetup-join/19%3a/0?context=%7b%7d"
            ),
            (
                "X-MICROSOFT-ONLINEMEETINGEXTERNALLINK:https://join.acme.example/meet/1",
                "https://join.acme.example/meet/1"
            ),
            ("LOCATION:https://us02web.zoom.us/j/123?pwd=a", "https://us02web.zoom.us/j/123?pwd=a"),
            (
                "DESCRIPTION:Join here: <https://teams.microsoft.com/l/meetup-join/19%3ax>\\n___\\nhttps://acme.example",
                "https://teams.microsoft.com/l/meetup-join/19%3ax"
            ),
            (
                "DESCRIPTION:By https://acme.webex.com/acme/j.php?MTID=1. See you",
                "https://acme.webex.com/acme/j.php?MTID=1"
            ),
            ("URL:https://whereby.com/acme", "https://whereby.com/acme"),
            ("DESCRIPTION:https://acme.example/zoom.us/j/1 https://evilzoom.us/j/1 https://zoom.us/ zoom.us/j/1", nil),
            ("X-GOOGLE-CONFERENCE:javascript:alert(1)", nil),
        ] as [(String, String?)])
    func conferences(line: String, uri: String?) {
        #expect(details(line)?.conferences.map(\.uri) == (uri.map { [$0] } ?? []))
    }

    @Test("a named conference comes with its label and features, and once")
    func conference() {
        let read = details(
            "CONFERENCE;FEATURE=audio,VIDEO;LABEL=\"Join; now\":https://acme.example/1",
            "X-GOOGLE-CONFERENCE:https://acme.example/1",
            "LOCATION:https://zoom.us/j/1")
        #expect(
            read?.conferences == [
                Conference(uri: "https://acme.example/1", label: "Join; now", features: ["AUDIO", "VIDEO"])
            ])
    }

    @Test("what comes with an event is read: documents, its place on earth, categories, markup")
    func attachments() {
        let read = details(
            "ATTACH;FMTTYPE=application/PDF;FILENAME=a.pdf:https://acme.example/a",
            "ATTACH;ENCODING=BASE64;VALUE=BINARY:QUJD",
            "GEO:52.5;13.4", "CATEGORIES:A\\,B,C", "CATEGORIES: D", "X-ALT-DESC;FMTTYPE=text/html:<b>a\\, b</b>",
            "STYLED-DESCRIPTION;VALUE=URI:https://acme.example/x.html")
        #expect(read?.attachments.map(\.uri) == ["https://acme.example/a", nil])
        #expect(read?.attachments.map(\.inlineSize) == [nil, 4])
        #expect(read?.attachments.first?.mediaType == "application/pdf")
        #expect(read?.attachments.first?.filename == "a.pdf")
        #expect(read?.categories == ["A,B", "C", "D"])
        #expect(read?.position?.text == "52.5;13.4")
        #expect(read?.styledDescription == "<b>a, b</b>")
    }

    @Test(
        "a place on earth may have commas, and is none beyond the poles",
        arguments: [
            ("52.5;13.4", "52.5;13.4"), ("52.5,13.4", "52.5;13.4"), ("52,5;13,4", "52.5;13.4"),
            ("52.5\\;13.4", "52.5;13.4"), (" -0.5 ; -180 ", "-0.5;-180"), ("91;0", nil), ("0;181", nil), ("nan;0", nil),
            ("1e1;0", nil), ("", nil), ("1;2;3", nil),
        ] as [(String, String?)])
    func positions(value: String, text: String?) {
        #expect(GeographicPosition(value)?.text == text)
    }

    @Test("when it is, is told as instants, by its end, its length or neither")
    func instants() {
        #expect(details("DTSTART;TZID=Europe/Berlin:20261124T150000", "DURATION:PT1H")?.startSeconds == 1_795_528_800)
        #expect(details("DTSTART;TZID=Europe/Berlin:20261124T150000", "DURATION:PT1H")?.endSeconds == 1_795_532_400)
        #expect(details("DTSTART;VALUE=DATE:20261124")?.endSeconds == 1_795_564_800)
        #expect(details("DTSTART;TZID=Moon:20261124T150000")?.startSeconds == nil)
        #expect(details("SUMMARY:Tea")?.startSeconds == nil)
    }

    @Test("dates of the series are told, and that an instance stands for those after it")
    func series() {
        let read = details(
            "DTSTART:20261124T150000Z", "RRULE:freq=weekly;wkst=MO", "RDATE;VALUE=PERIOD:20261201T150000Z/PT1H",
            "EXDATE:20261208T150000Z,20261215T150000Z", "RECURRENCE-ID;RANGE=THISANDFUTURE:20261201T150000Z")
        #expect(read?.rule == "FREQ=WEEKLY")
        #expect(read?.rdates == ["20261201T150000Z"])
        #expect(read?.exdates == ["20261208T150000Z", "20261215T150000Z"])
        #expect(read?.coversFuture == true)
    }
}
