import ICalendar
import MailMessage
import Scheduling
import TestSupport
import Testing

@Suite("An organizer's message")
struct OrganizerMessageTests {
    private func message(_ bytes: [UInt8]) throws -> OrganizerMessage {
        try OrganizerMessage(CalendarMail(MailParser.parse(bytes)))
    }

    private func message(method: String? = "REQUEST", _ calendar: [String]) throws -> OrganizerMessage {
        try message(SampleMail.invitation(method: method, calendar: calendar))
    }

    @Test("of Google: a weekly series in Berlin")
    func google() throws {
        let message = try message(DemoMail.google.bytes)
        #expect(message.action == .describe)
        #expect(message.isInvitation)
        #expect(message.uid == "4k2v7c0q9n1r3t5m8p6s@google.com")
        #expect(message.version.sequence == 0)
        #expect(message.version.stamp == 1_795_338_930)  // 2026-11-22T09:15:30Z
        #expect(message.start == 1_799_856_000)  // 2027-01-13T16:00:00Z, 17:00 in Berlin
        #expect(message.end == 1_799_858_700)
        #expect(message.view.rrule == "FREQ=WEEKLY;COUNT=8;BYDAY=WE")
        #expect(message.view.summary == "Open office hours: calendars at scale")
        #expect(message.view.location == "Café Kanzler, Kurfürstendamm 18, 10719 Berlin")
        #expect(
            message.view.description?.hasPrefix("Eight Wednesdays on calendars, mail and what lies between.\n\nB")
                == true)
    }

    @Test("of Outlook: a zone under its Windows name")
    func outlook() throws {
        let message = try message(DemoMail.outlook.bytes)
        #expect(message.start == 1_804_611_600)  // 2027-03-09T17:00:00Z, 09:00 in Los Angeles, before summer time
        #expect(message.end == 1_804_617_000)
        #expect(message.view.start?.tzid == "Pacific Standard Time")
        #expect(!message.view.allDay)
    }

    @Test("of Apple: two whole days")
    func apple() throws {
        let message = try message(DemoMail.apple.bytes)
        #expect(message.view.allDay)
        #expect(message.start == 1_809_129_600)  // 2027-05-01
        #expect(message.end == 1_809_302_400)  // 2027-05-03, exclusive
        #expect(message.view.summary == "Fiesta de diseño 🎉")
    }

    @Test("of Outlook about whole days, written as midnights with a mark, is in dates")
    func wholeDays() throws {
        let message = try message(
            SampleMail.event(
                without: ["DTSTART", "DTEND"],
                [
                    "DTSTART;TZID=W. Europe Standard Time:20270110T000000",
                    "DTEND;TZID=W. Europe Standard Time:20270112T000000", "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
                    "RRULE:FREQ=WEEKLY;UNTIL=20270123T230000Z",
                    "EXDATE;TZID=W. Europe Standard Time:20270117T000000,20270124T000000",
                ]))
        #expect(message.start == 1_799_539_200 && message.end == message.start + 2 * 86_400)  // 2027-01-10
        let event = message.view.component
        #expect(
            event.first("DTSTART") == Property("DTSTART", "20270110", parameters: [ContentParameter("VALUE", "DATE")]))
        #expect(event.first("DTEND")?.value == "20270112")
        #expect(event.first("RRULE")?.value == "FREQ=WEEKLY;UNTIL=20270124", "the day on which that is midnight")
        #expect(event.first("EXDATE")?.value == "20270117,20270124")
        let instance = try self.message(
            SampleMail.event(
                without: ["DTSTART", "DTEND"],
                [
                    "RECURRENCE-ID;TZID=W. Europe Standard Time:20270117T000000",
                    "DTSTART;TZID=W. Europe Standard Time:20270118T000000",
                    "DTEND;TZID=W. Europe Standard Time:20270119T000000", "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
                ]))
        #expect(instance.instances.map(\.key) == [1_800_144_000])
        let timed = try self.message(
            SampleMail.event(
                without: ["DTSTART", "DTEND"],
                ["DTSTART:20270110T000000Z", "DTEND:20270110T010000Z", "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"]))
        #expect(timed.view.start?.isDate == false, "it does not end at midnight")
    }

    @Test("may give a duration, or no end at all")
    func ends() throws {
        let start = try message(SampleMail.event()).start
        #expect(try message(SampleMail.event(without: ["DTEND"], ["DURATION:PT90M"])).end == start + 5400)
        #expect(try message(SampleMail.event(without: ["DTEND"])).end == start)
        #expect(try message(SampleMail.event(["DURATION:PT9H"])).end == start + 3600, "DTEND wins")
        let day = try message(SampleMail.event(without: ["DTEND", "DTSTART"], ["DTSTART;VALUE=DATE:20270110"]))
        #expect(day.end == day.start + 86_400)
        // Nominal days keep the clock time over the change to summer time.
        let zoned = try message(
            SampleMail.event(
                without: ["DTEND", "DTSTART"], ["DTSTART;TZID=Europe/Berlin:20270327T120000", "DURATION:P1D"]))
        #expect(zoned.end - zoned.start == 23 * 3600)
    }

    @Test("asks for answers only as a REQUEST")
    func methods() throws {
        #expect(try message(method: "PUBLISH", SampleMail.event(method: "PUBLISH")).isInvitation == false)
        #expect(try message(method: nil, SampleMail.event(method: nil)).isInvitation == false)
        #expect(try message(method: nil, SampleMail.event(method: nil)).action == .describe)
        #expect(try message(method: "REQUEST", SampleMail.event(method: nil)).isInvitation, "the MIME type names it")
        #expect(try message(method: "CANCEL", SampleMail.event(method: "CANCEL")).action == .cancel)
        #expect(
            try message(method: "REQUEST", SampleMail.event(method: "CANCEL")).action == .cancel, "the object counts")
        #expect(try message(SampleMail.event(["STATUS:CANCELLED"])).action == .cancel)
    }

    @Test("that cancels need not say when")
    func bareCancel() throws {
        let bare = try message(SampleMail.event(method: "CANCEL", sequence: 3, without: ["DTSTART", "DTEND"]))
        #expect(bare.action == .cancel)
        #expect(bare.version.sequence == 3)
    }

    @Test("may hold a series with changed instances; the series counts")
    func overrides() throws {
        var lines = SampleMail.event(without: ["SUMMARY"], ["RRULE:FREQ=DAILY;COUNT=3", "SUMMARY:Series"])
        lines.insert(
            contentsOf: [
                "BEGIN:VEVENT", "UID:tea@acme.example", "RECURRENCE-ID:20270111T150000Z", "DTSTAMP:20261122T090000Z",
                "DTSTART:20270111T170000Z", "SUMMARY:Instance", "END:VEVENT",
            ], at: 4)
        let message = try message(lines)
        #expect(message.view.summary == "Series")
        #expect(message.start == 1_799_593_200)
    }

    @Test(
        "that cannot be used says why",
        arguments: [
            (SampleMail.event(without: ["UID"]), OrganizerMessage.Failure.missingUID),
            (SampleMail.event(without: ["DTSTART"]), .missingStart),
            (SampleMail.event(without: ["DTSTART"], ["DTSTART:tomorrow"]), .unusableStart(value: "tomorrow")),
            (SampleMail.event(without: ["DTEND"], ["DTEND:20271301T000000Z"]), .unusableEnd(value: "20271301T000000Z")),
            (SampleMail.event(without: ["DTEND"], ["DURATION:an hour"]), .unusableEnd(value: "an hour")),
            (SampleMail.event(without: ["DTEND"], ["DTEND:20270110T145959Z"]), .endsBeforeStart),
            (SampleMail.event(without: ["DTEND"], ["DURATION:-PT5M"]), .endsBeforeStart),
            (SampleMail.event(["RRULE:every day"]), .unusableRule(value: "every day")),
            (
                SampleMail.event(without: ["DTSTART"], ["DTSTART;TZID=Mars/Olympus:20270110T150000"]),
                .unknownTimeZone("Mars/Olympus")
            ),
            (SampleMail.event(["RECURRENCE-ID:then"]), .unusableRecurrenceID(value: "then")),
            (SampleMail.event(method: "REPLY"), .unsupportedMethod(.reply)),
            (SampleMail.event(method: "COUNTER"), .unsupportedMethod(.counter)),
            (SampleMail.event(method: "refresh"), .unsupportedMethod(.refresh)),
            (
                SampleMail.event().dropLast()
                    + SampleMail.event(uid: "other@acme.example").drop { $0 != "BEGIN:VEVENT" },
                .severalEvents(count: 2)
            ),
        ])
    func failures(calendar: [String], expected: OrganizerMessage.Failure) {
        #expect(throws: expected) { try message(calendar) }
    }

    @Test("needs a calendar part that can be read")
    func calendarParts() throws {
        func failure(_ bytes: [UInt8]) -> CalendarMail.Failure? {
            do {
                _ = try CalendarMail(MailParser.parse(bytes))
                return nil
            } catch {
                return error
            }
        }
        #expect(failure(SampleMail.lines(["From: a@b.example", "", "Hello"])) == .noCalendarPart(winmail: false))
        #expect(
            failure(
                SampleMail.lines(["From: a@b.example", "Content-Type: application/ms-tnef; name=winmail.dat", "", "x"]))
                == .noCalendarPart(winmail: true))
        #expect(failure(SampleMail.invitation(calendar: SampleMail.event(method: "FROB"))) == .unknownMethod("FROB"))
        for calendar in [["Hello"], ["BEGIN:VCALENDAR", "END:VCALENDAR"], []] {
            guard case .unreadable? = failure(SampleMail.invitation(calendar: calendar)) else {
                Issue.record("\(calendar) was read")
                continue
            }
        }
    }
}
