import ICalendar
import Scheduling
import TestSupport
import Testing

@Suite("The schedule of an event")
struct ScheduleTextTests {
    private func text(without: [String] = [], _ lines: [String] = []) throws -> String {
        let bytes = SampleMail.lines(SampleMail.event(without: without, lines))
        return ScheduleText.of(try #require(ICalendar.parse(bytes).calendars.first))
    }

    @Test("is another when times, rule or status change")
    func major() throws {
        let original = try text(["RRULE:FREQ=DAILY", "EXDATE:20270111T150000Z"])
        let others = [
            try text(),
            try text(
                without: ["DTSTART"], ["DTSTART:20270110T151500Z", "RRULE:FREQ=DAILY", "EXDATE:20270111T150000Z"]),
            try text(without: ["DTEND"], ["DTEND:20270110T161500Z", "RRULE:FREQ=DAILY", "EXDATE:20270111T150000Z"]),
            try text(["RRULE:FREQ=WEEKLY", "EXDATE:20270111T150000Z"]),
            try text(["RRULE:FREQ=DAILY", "EXDATE:20270112T150000Z"]),
            try text(["RRULE:FREQ=DAILY", "EXDATE:20270111T150000Z", "RDATE:20270120T150000Z"]),
            try text(["RRULE:FREQ=DAILY", "EXDATE:20270111T150000Z", "STATUS:TENTATIVE"]),
            try text(
                without: ["DTSTART"],
                ["DTSTART;TZID=Europe/Berlin:20270110T150000Z", "RRULE:FREQ=DAILY", "EXDATE:20270111T150000Z"]),
        ]
        for other in others { #expect(other != original) }
    }

    @Test("stays when words, place, guests, order or a spelled-out default change")
    func minor() throws {
        let original = try text(["EXDATE:20270111T150000Z", "EXDATE:20270112T150000Z"])
        let same = [
            try text(
                without: ["SUMMARY", "ATTENDEE"],
                ["SUMMARY:Coffee", "LOCATION:Elsewhere", "EXDATE:20270112T150000Z", "EXDATE:20270111T150000Z"]),
            try text(["STATUS:CONFIRMED", "EXDATE:20270111T150000Z", "EXDATE:20270112T150000Z"]),
            try text(["X-MICROSOFT-CDO-APPT-SEQUENCE:7", "EXDATE:20270111T150000Z", "EXDATE:20270112T150000Z"]),
        ]
        for text in same { #expect(text == original) }
    }
}
