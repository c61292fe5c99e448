import MailMessage
import Scheduling
import TestSupport
import Testing

@Suite("The last end of an event")
struct LastEndTests {
    /// Of an hour on 2027-01-10, 15:00 UTC, with these lines.
    private func lastEnd(without: [String] = [], _ lines: [String], _ events: [[String]] = []) throws -> Int64? {
        var calendar: [String] = SampleMail.event(without: without, lines)
        for event in events {
            let component = ["BEGIN:VEVENT", "UID:tea@acme.example"] + event + ["END:VEVENT"]
            calendar.insert(contentsOf: component, at: calendar.count - 1)
        }
        let mail = MailParser.parse(SampleMail.invitation(calendar: calendar))
        return EventSeries.receive(try OrganizerMessage(CalendarMail(mail)), in: nil).series?.lastEnd
    }

    private let hour: Int64 = 1_799_593_200 + 3600

    @Test("is that of its last instance, changed ones among them")
    func ends() throws {
        #expect(try lastEnd([]) == hour)
        #expect(try lastEnd(without: ["DTEND"], []) == hour - 3600)
        #expect(try lastEnd(["RRULE:FREQ=WEEKLY;COUNT=3"]) == hour + 14 * 86_400)
        #expect(try lastEnd(["RRULE:FREQ=DAILY;UNTIL=20270113T150000Z"]) == hour + 3 * 86_400)
        #expect(try lastEnd(["RDATE:20270301T150000Z"]) == hour + 50 * 86_400)
        #expect(try lastEnd(["RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE:20270124T150000Z"]) == hour + 7 * 86_400)
        let moved = ["RECURRENCE-ID:20270117T150000Z", "DTSTART:20270201T150000Z", "DTEND:20270201T160000Z"]
        #expect(try lastEnd(["RRULE:FREQ=WEEKLY;COUNT=2"], [moved]) == hour + 22 * 86_400)
    }

    @Test("is far away for what repeats for ever, or thousands of times")
    func noEnd() throws {
        for rule in ["FREQ=YEARLY", "FREQ=SECONDLY;COUNT=100000", "FREQ=DAILY;UNTIL=99991231T000000Z"] {
            #expect(try lastEnd(["RRULE:\(rule)"]) == EventSeries.noEnd, "\(rule)")
        }
    }
}
