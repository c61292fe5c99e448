import ICalendar
import InviteService
import MailMessage
import TestSupport
import Testing

@Suite("Misread invitations (defects 18 to 27)")
struct MisreadInvitationTests {
    private let world = OrganizerWorld()

    @Test("18: an all-day event stays one")
    func allDay() async throws {
        let event = try await world.event(["DTSTART;VALUE=DATE:20270501", "DTEND;VALUE=DATE:20270503"])
        #expect(event.isAllDay)
        #expect(try world.view(event).start == DateValue("20270501", isDate: true))
    }

    @Test("19: a repetition is kept, and a changed date does not become the event's time")
    func repetition() async throws {
        let event = try await world.event([
            "DTSTART:20270110T150000Z", "DTEND:20270110T160000Z", "RRULE:FREQ=WEEKLY;COUNT=3", "END:VEVENT",
            "BEGIN:VEVENT", "UID:tea@acme.example", "DTSTAMP:20261122T090000Z", "RECURRENCE-ID:20270117T150000Z",
            "DTSTART:20270118T150000Z", "DTEND:20270118T160000Z", "SUMMARY:Tea",
        ])
        #expect(event.start == 1_799_593_200 && event.recurrence == "FREQ=WEEKLY;COUNT=3")
        #expect(try ICalendar.parse(world.outgoing(event)).calendars.first?.components("VEVENT").count == 2)
    }

    private static let newYork = [
        "BEGIN:VTIMEZONE", "TZID:Custom", "BEGIN:DAYLIGHT", "DTSTART:20070311T020000", "TZOFFSETFROM:-0500",
        "TZOFFSETTO:-0400", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU", "END:DAYLIGHT", "BEGIN:STANDARD",
        "DTSTART:20071104T020000", "TZOFFSETFROM:-0400", "TZOFFSETTO:-0500", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU",
        "END:STANDARD", "END:VTIMEZONE",
    ]

    @Test("20: a zone defined behind the event is not its start")
    func zoneBehind() async throws {
        let event = try await world.event(
            ["DTSTART;TZID=Custom:20270110T100000", "DTEND;TZID=Custom:20270110T110000"], zones: Self.newYork,
            zonesLast: true)
        #expect(event.start == 1_799_593_200)
    }

    @Test(
        "21, 22: a zone without definition, a floating time, a duration and a zone of Outlook's own are understood",
        arguments: [
            ["DTSTART;TZID=Europe/Berlin:20270110T160000"], ["DTSTART:20270110T150000"],
            ["DTSTART:20270110T150000Z", "DURATION:PT1H30M"],
            ["DTSTART;TZID=\"(UTC-08:00) Pacific Time (US & Canada)\":20270110T070000"],
            ["DTSTART;TZID=Pacific Standard Time:20270110T070000"],
        ])
    func zones(lines: [String]) async throws {
        #expect(try await world.event(lines).start == 1_799_593_200)
    }

    @Test("23: the end has its own zone, and zones are those of today")
    func otherZones() async throws {
        let flight = try await world.event([
            "DTSTART;TZID=Europe/Berlin:20270110T160000", "DTEND;TZID=America/New_York:20270110T140000",
        ])
        #expect(flight.end - flight.start == 4 * 3600)
        for (zone, hour, offset) in [("America/Mexico_City", 15, -6), ("Australia/Sydney", 15, 11)] {
            let other = EventsInMemory()
            let mail = SampleMail.invitation(
                calendar: SampleMail.event(
                    without: ["DTSTART", "DTEND"], ["DTSTART;TZID=\(zone):20270110T\(hour)0000"]))
            _ = try await other.receive(mail, id: "m1")
            #expect(other.events.first?.start == 1_799_593_200 - Int64(offset) * 3600, "\(zone)")
        }
    }

    @Test("24, 25: what is missing stays missing, and an alarm's text is no description")
    func missingTexts() async throws {
        let event = try await world.event([
            "DTSTART:20270110T150000Z", "BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:Wake up", "TRIGGER:-PT10M",
            "END:VALARM",
        ])
        #expect(event.location.isEmpty && event.description.isEmpty)
        let mail = MailParser.parse(try world.invitation(event))
        #expect(mail.textBody?.contains("None") == false && mail.textBody?.contains("Wake up") == false)
        #expect(!String(decoding: try world.outgoing(event), as: UTF8.self).contains("Wake up"))
    }

    @Test("26: guests see the organizer's name")
    func organizerName() async throws {
        let event = try await world.event(["DTSTART:20270110T150000Z"])
        #expect(event.organizerName == "Ann Lee")
        #expect(try world.view(event).organizer?.commonName == "Ann Lee")
    }

    @Test("27: Latin-1 mail and a very long description make events, and a COUNTER is answered")
    func strangeMail() async throws {
        let latin = SampleMail.lines(
            ["From: ann@acme.example", "Content-Type: text/calendar; charset=ISO-8859-1; method=REQUEST", ""]
                + SampleMail.event(without: ["SUMMARY"], ["SUMMARY:Gr@ße"])
        )
        var bytes: [UInt8] = []
        var rest = latin[...]
        while let byte = rest.popFirst() {
            // The one character beyond ASCII as Latin-1 has it.
            if byte == 0xC3, rest.first == 0x9F {
                rest.removeFirst()
                bytes.append(0xDF)
            } else {
                bytes.append(byte)
            }
        }
        _ = try await world.events.receive(bytes, id: "m1")
        #expect(world.events.events.first?.summary == "Gr@ße")
        let long = String(repeating: "d", count: 150_000)
        let big = SampleMail.invitation(calendar: SampleMail.event(uid: "big", ["DESCRIPTION:\(long)"]))
        guard case .created = try await world.events.receive(big, id: "m2") else {
            Issue.record("not made")
            return
        }
        let counter = SampleMail.invitation(method: "COUNTER", calendar: SampleMail.event(method: "COUNTER"))
        #expect(try await world.events.receive(counter, id: "m3") == .refused(code: "unsupported-method"))
        #expect(world.events.notices.last?.id == "refused.m3")
    }
}
