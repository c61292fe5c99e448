import ICalendar
import Testing

private func event(_ lines: String...) -> EventView {
    let all = ["BEGIN:VCALENDAR", "BEGIN:VEVENT"] + lines + ["END:VEVENT", "END:VCALENDAR"]
    return EventView(ICalendar.parse(Array(all.joined(separator: "\r\n").utf8)).calendars[0].components[0])
}

@Suite struct EventTests {
    @Test(
        "addresses are compared without scheme, case, percent encoding and brackets",
        arguments: [
            ("mailto:Jo@Example.org", "jo@example.org"), ("MAILTO:jo@example.org", "jo@example.org"),
            (" mailto: jo@example.org ", "jo@example.org"), ("mailto:jo%2Bx@example.org", "jo+x@example.org"),
            ("mailto:<jo@example.org>", "jo@example.org"), ("mailto:mailto:jo@example.org", "jo@example.org"),
            ("jo@example.org", "jo@example.org"), ("mailto:100%@example.org", "100%@example.org"), ("", ""),
            ("mailto:", ""),
        ])
    func addresses(uri: String, address: String) {
        #expect(CalendarUser.address(of: uri) == address)
    }

    @Test("a user without a mail address has none, unless EMAIL says it")
    func emails() {
        #expect(CalendarUser(Property("ORGANIZER", "/principals/jo")).email == nil)
        #expect(CalendarUser(Property("ORGANIZER", "http://jo@example.org/x")).email == nil)
        let named = Property("ORGANIZER", "urn:uuid:1", parameters: [.init("EMAIL", "Jo@example.org")])
        #expect(CalendarUser(named).email == "jo@example.org")
    }

    @Test("an attendee's parameters are read, with the standard's defaults")
    func attendee() {
        let read = event(
            "ATTENDEE;CN=\"Doe, Jo\";PARTSTAT=accepted;ROLE=opt-participant;RSVP=true;CUTYPE=ROOM;DELEGATED-TO=\"mailto:A@b\",\"m",
            " ailto:c@d\":mailto:jo@example.org", "ATTENDEE:mailto:x@example.org",
            "ATTENDEE;PARTSTAT=X-MAYBE:mailto:y@z"
        ).attendees
        #expect(read[0].user.commonName == "Doe, Jo")
        #expect(read[0].partstat == .accepted)
        #expect(read[0].role == "OPT-PARTICIPANT")
        #expect(read[0].rsvp == true)
        #expect(read[0].userType == "ROOM")
        #expect(read[0].delegatedTo == ["a@b", "c@d"])
        #expect(read[1].partstat == .needsAction)
        #expect(read[1].rsvp == nil)
        #expect(read[2].partstat == .other("X-MAYBE"))
    }

    @Test("an event lasts all day by its start, or by Outlook's word from midnight to midnight")
    func allDay() {
        #expect(event("DTSTART;VALUE=DATE:20260101").allDay)
        #expect(!event("DTSTART:20260101T000000").allDay)
        #expect(event("DTSTART:20260101T000000", "DTEND:20260102T000000", "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE").allDay)
        #expect(!event("DTSTART:20260101T010000", "DTEND:20260102T000000", "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE").allDay)
        #expect(!event("SUMMARY:x").allDay)
    }

    @Test("what is missing, empty or unreadable is nil")
    func missing() {
        let empty = event(
            "UID:", "SEQUENCE:x", "DTSTART:soon", "RRULE:FREQ=SOMETIMES", "ORGANIZER:", "STATUS: confirmed ")
        #expect(empty.uid == nil)
        #expect(empty.sequence == nil)
        #expect(empty.start == nil)
        #expect(empty.recurrenceRule == nil)
        #expect(empty.rrule == "FREQ=SOMETIMES")
        #expect(empty.organizer == nil)
        #expect(empty.status == "CONFIRMED")
        #expect(empty.summary == nil)
        #expect(empty.attendees.isEmpty)
    }

    @Test("properties are set in place, and the others of the name go")
    func set() {
        var component = Component("VEVENT", properties: [Property("A", "1"), Property("B", "2"), Property("A", "3")])
        component.set(Property("a", "4"))
        #expect(component.properties == [Property("A", "4"), Property("B", "2")])
        component.set(Property("C", "5"))
        component.remove("B")
        #expect(component.properties.map(\.name) == ["A", "C"])
    }
}
