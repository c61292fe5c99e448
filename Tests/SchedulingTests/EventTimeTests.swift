import ICalendar
import MailMessage
import Scheduling
import TestSupport
import Testing

@Suite("The time of an event in words")
struct EventTimeTests {
    private func text(_ lines: [String], without: [String] = ["DTSTART", "DTEND"]) throws -> String {
        let bytes = SampleMail.lines(SampleMail.event(without: without, lines))
        return EventTime.text(of: try #require(ICalendar.parse(bytes).calendars.first))
    }

    @Test(
        "of the demo's events",
        arguments: [
            (DemoMail.google, "Wed 13 Jan 2027, 17:00 – 17:45 (Europe/Berlin), repeating"),
            (.outlook, "Tue 9 Mar 2027, 09:00 – 10:30 (Pacific Standard Time)"),
            (.apple, "Sat 1 May 2027 – Sun 2 May 2027, all day"),
        ])
    func demo(mail: DemoMail, expected: String) throws {
        #expect(EventTime.text(of: try CalendarMail(MailParser.parse(try mail.bytes)).calendar) == expected)
    }

    @Test(
        "of every form of start and end",
        arguments: [
            (["DTSTART:20270110T150000Z", "DTEND:20270110T160000Z"], "Sun 10 Jan 2027, 15:00 – 16:00 (UTC)"),
            (["DTSTART:20270110T150000", "DTEND:20270110T160500"], "Sun 10 Jan 2027, 15:00 – 16:05"),
            (["DTSTART:20270110T150000Z"], "Sun 10 Jan 2027, 15:00 (UTC)"),
            (["DTSTART:20270110T150000Z", "DTEND:20270110T150000Z"], "Sun 10 Jan 2027, 15:00 (UTC)"),
            (["DTSTART:20270110T230000Z", "DURATION:PT2H"], "Sun 10 Jan 2027, 23:00 – Mon 11 Jan 2027, 01:00 (UTC)"),
            (["DTSTART;VALUE=DATE:20270110"], "Sun 10 Jan 2027, all day"),
            (["DTSTART;VALUE=DATE:20270110", "DTEND;VALUE=DATE:20270111"], "Sun 10 Jan 2027, all day"),
            (["DTSTART;VALUE=DATE:20271231", "DURATION:P2D"], "Fri 31 Dec 2027 – Sat 1 Jan 2028, all day"),
            (["DTSTART:19691231T235900Z"], "Wed 31 Dec 1969, 23:59 (UTC)"),
        ])
    func forms(lines: [String], expected: String) throws {
        #expect(try text(lines) == expected)
    }

    @Test("names both zones when it ends in another")
    func twoZones() throws {
        #expect(
            try text([
                "DTSTART;TZID=America/New_York:20270110T180000", "DTEND;TZID=Europe/Berlin:20270111T080000",
            ]) == "Sun 10 Jan 2027, 18:00 (America/New_York) – Mon 11 Jan 2027, 08:00 (Europe/Berlin)")
        #expect(
            try text(["DTSTART;TZID=Europe/Berlin:20270110T180000", "DTEND:20270110T180000Z"])
                == "Sun 10 Jan 2027, 18:00 (Europe/Berlin) – 18:00 (UTC)")
    }

    @Test("is empty without a start")
    func noStart() throws {
        #expect(try text([]) == "")
    }
}
