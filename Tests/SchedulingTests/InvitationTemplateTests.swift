import ICalendar
import MailMessage
import Scheduling
import TestSupport
import Testing

@Suite("An invitation's calendar object")
struct InvitationTemplateTests {
    private let uid = "00112233445566778899aabbccddeeff00112233@calendar.example.com"
    private let replyAddress = "rsvp+aabcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrstuvwxyz@calendar.example.com"

    private func request(
        _ calendar: Component, to address: String = "Bob.O'Neil+tea@example.com", named name: String? = "Bob, \"B\" 🎈",
        organizer: String? = "Ann Lee"
    ) throws -> [UInt8] {
        let template = InvitationTemplate(
            calendar: calendar, uid: uid, sequence: 3, organizerName: organizer,
            sender: "invitation@calendar.example.com")
        return template.object(
            for: try EmailAddress(parsing: address), named: name, replyAddress: replyAddress, stamp: 1_795_338_930)
    }

    private func calendar(_ mail: [UInt8]) throws -> Component { try CalendarMail(MailParser.parse(mail)).calendar }

    private func request(_ lines: [String]) throws -> Component {
        try soundCalendar(try request(try calendar(SampleMail.invitation(calendar: lines))))
    }

    @Test("is addressed to its one recipient and answered to the token", arguments: DemoMail.allCases)
    func addressing(mail: DemoMail) throws {
        let object = try soundCalendar(try request(try calendar(try mail.bytes)))
        #expect(object.first("METHOD")?.value == "REQUEST")
        #expect(object.first("VERSION")?.value == "2.0")
        #expect(object.first("PRODID")?.value == InvitationTemplate.productID)
        let events = object.components("VEVENT")
        #expect(!events.isEmpty)
        for event in events {
            let view = EventView(event)
            #expect(view.uid == uid)
            #expect(view.sequence == 3)
            #expect(view.dtstamp?.text == "20261122T091530Z")
            #expect(event.all("ATTENDEE").count == 1)
            let attendee = try #require(view.attendees.first)
            #expect(event.first("ATTENDEE")?.value == "mailto:Bob.O'Neil+tea@example.com")
            #expect(attendee.partstat == .needsAction)
            #expect(attendee.rsvp == true)
            #expect(attendee.role == "REQ-PARTICIPANT")
            #expect(attendee.user.commonName == "Bob, \"B\" 🎈")
            #expect(event.all("ORGANIZER").count == 1)
            #expect(event.first("ORGANIZER")?.value == "mailto:\(replyAddress)")
            #expect(event.first("ORGANIZER")?.parameter("SENT-BY") == "mailto:invitation@calendar.example.com")
            #expect(view.organizer?.commonName == "Ann Lee")
        }
    }

    @Test("keeps what the organizer wrote and leaves out what is theirs alone", arguments: DemoMail.allCases)
    func content(mail: DemoMail) throws {
        let source = try calendar(try mail.bytes)
        let bytes = try request(source)
        let event = try #require(try soundCalendar(bytes).components("VEVENT").first)
        let original = try #require(source.components("VEVENT").first)
        for name in ["DTSTART", "DTEND", "RRULE"] { #expect(event.first(name) == original.first(name), "\(name)") }
        for name in ["SUMMARY", "DESCRIPTION", "LOCATION", "URL", "X-GOOGLE-CONFERENCE"] {
            #expect(event.first(name)?.text == original.first(name)?.text, "\(name)")
        }
        #expect(event.components.isEmpty, "no VALARM")
        for name in ["X-MICROSOFT-CDO-APPT-SEQUENCE", "X-MICROSOFT-CDO-OWNERAPPTID", "X-MICROSOFT-DISALLOW-COUNTER"] {
            #expect(event.first(name) == nil)
        }
        let text = String(decoding: bytes, as: UTF8.self).replacing("\r\n ", with: "")
        for secret in ["ann@acme.example", "bob@contoso.example", "carla@estudio.example", "create@"] {
            #expect(!text.contains(secret), "\(secret) is disclosed")
        }
    }

    @Test("keeps the way to meet online and the documents, whichever client wrote them")
    func conferences() throws {
        let teams =
            "https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0?context=%7b%22Tid%22%3a%221%22%7d"
        let object = try request([
            "BEGIN:VCALENDAR", "PRODID:-//Acme//EN", "VERSION:2.0", "METHOD:REQUEST", "BEGIN:VEVENT", "UID:1",
            "DTSTAMP:20261122T090000Z", "DTSTART:20261124T140000Z", "SUMMARY:Tea",
            "LOCATION:https://us02web.zoom.us/j/123?pwd=a%2Cb",
            "X-GOOGLE-CONFERENCE:https://meet.google.com/abc-defg-hij",
            "X-MICROSOFT-SKYPETEAMSMEETINGURL:\(teams)", "X-MICROSOFT-ONLINEMEETINGEXTERNALLINK:",
            "CONFERENCE;VALUE=URI;FEATURE=PHONE;LABEL=By phone:tel:+49-30-1", "DESCRIPTION:Join <\(teams)>\\nor call",
            "STYLED-DESCRIPTION;FMTTYPE=text/html:<a href=\"\(teams)\">Join</a>",
            "ATTACH;FMTTYPE=application/pdf;FILENAME=\"a;b.pdf\":https://drive.google.com/file/d/1/view?usp=x",
            "ATTACH;ENCODING=BASE64;VALUE=BINARY:QUJD", "ATTACH:cid:1", "ATTACH:file:///c:/a.pdf", "END:VEVENT",
            "END:VCALENDAR",
        ])
        let event = EventView(try #require(object.components("VEVENT").first))
        #expect(event.conferences.map(\.uri) == ["tel:+49-30-1", "https://meet.google.com/abc-defg-hij", teams])
        #expect(event.conferences.first?.label == "By phone")
        #expect(event.location == "https://us02web.zoom.us/j/123?pwd=a%2Cb")
        #expect(event.description == "Join <\(teams)>\nor call")
        #expect(event.styledDescription == "<a href=\"\(teams)\">Join</a>")
        #expect(event.attachments.map(\.uri) == ["https://drive.google.com/file/d/1/view?usp=x"])
        #expect(event.attachments.first?.filename == "a;b.pdf")
    }

    @Test("defines each time zone it uses", arguments: DemoMail.allCases)
    func zones(mail: DemoMail) throws {
        let object = try soundCalendar(try request(try calendar(try mail.bytes)))
        let used = Set(object.components("VEVENT").flatMap(\.properties).compactMap { $0.parameter("TZID") })
        let defined = object.components("VTIMEZONE").compactMap { $0.first("TZID")?.value }
        #expect(Set(defined) == used)
        #expect(defined.count == used.count)
        #expect(used.isEmpty == (mail == .apple))
    }

    @Test("of a series with changed instances addresses each of them alike")
    func overrides() throws {
        var lines = SampleMail.event(["RRULE:FREQ=DAILY;COUNT=9"])
        lines.insert(
            contentsOf: [
                "BEGIN:VEVENT", "UID:tea@acme.example", "SEQUENCE:1", "DTSTAMP:20261122T090000Z",
                "RECURRENCE-ID:20270111T150000Z", "DTSTART:20270111T170000Z", "DTEND:20270111T180000Z",
                "ATTENDEE:mailto:someone.else@example.com", "ORGANIZER:mailto:ann@acme.example", "SUMMARY:Late tea",
                "END:VEVENT",
            ], at: lines.count - 1)
        let events = try request(lines).components("VEVENT")
        #expect(events.count == 2)
        for event in events {
            #expect(event.first("UID")?.value == uid)
            #expect(event.first("SEQUENCE")?.value == "3")
            #expect(EventView(event).attendees.map(\.user.email) == ["bob.o'neil+tea@example.com"])
        }
        #expect(events.last?.first("RECURRENCE-ID")?.value == "20270111T150000Z")
        #expect(events.last?.first("SUMMARY")?.value == "Late tea")
    }

    @Test("leaves out an instance that was cancelled")
    func cancelledInstance() throws {
        var lines = SampleMail.event(
            without: ["DTSTART", "DTEND"],
            [
                "DTSTART;TZID=Europe/Berlin:20270110T150000", "DTEND;TZID=Europe/Berlin:20270110T160000",
                "RRULE:FREQ=DAILY;COUNT=9",
            ])
        lines.insert(
            contentsOf: [
                "BEGIN:VEVENT", "UID:tea@acme.example", "DTSTAMP:20261122T090000Z",
                "RECURRENCE-ID;TZID=Europe/Berlin:20270111T150000", "DTSTART;TZID=Europe/Berlin:20270111T150000",
                "STATUS:CANCELLED", "END:VEVENT",
            ], at: 4)
        let events = try request(lines).components("VEVENT")
        #expect(events.count == 1)
        let excluded = try #require(events.first?.first("EXDATE"))
        #expect(excluded.value == "20270111T150000")
        #expect(excluded.parameter("TZID") == "Europe/Berlin")
    }

    @Test("drops what no client can read, and repeats nothing that may stand once")
    func cleaning() throws {
        let event = try #require(
            try request(
                SampleMail.event([
                    "SUMMARY:Second", "DTSTART:20300101T000000Z", "DURATION:PT9H", "STATUS:CANCELED", "PRIORITY:high",
                    "CREATED:yesterday", "LAST-MODIFIED:20261122T090000", "TRANSP:", "CLASS:", "GEO:",
                    "EXDATE:someday", "X-WR-ALARMUID:1", "ATTACH:cid:a", "COMMENT:private",
                    "REQUEST-STATUS:2.0;Success", "RELATED-TO:other", "CATEGORIES:A,B",
                ])
            ).components("VEVENT").first)
        let names = event.properties.map(\.name)
        #expect(
            names == [
                "UID", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "CATEGORIES", "DTSTAMP", "ORGANIZER", "ATTENDEE",
            ])
        #expect(event.first("SUMMARY")?.value == "Tea")
        #expect(event.first("DTSTART")?.value == "20270110T150000Z")
    }

    @Test("cannot be broken out of by a name")
    func injection() throws {
        let calendar = try calendar(SampleMail.invitation(calendar: SampleMail.event()))
        let name = "Eve\r\nATTENDEE:mailto:victim@example.com\r\nX:\"; ^n"
        let event = try #require(
            try soundCalendar(try request(calendar, named: name, organizer: name)).components("VEVENT").first)
        #expect(event.all("ATTENDEE").count == 1)
        #expect(event.first("X") == nil)
    }

    @Test("shows the address where there is no name, and no name for an organizer without one")
    func noNames() throws {
        let calendar = try calendar(SampleMail.invitation(calendar: SampleMail.event()))
        let event = try #require(
            try soundCalendar(try request(calendar, named: nil, organizer: nil)).components("VEVENT").first)
        #expect(event.first("ATTENDEE")?.parameter("CN") == "Bob.O'Neil+tea@example.com")
        #expect(event.first("ORGANIZER")?.parameter("CN") == nil)
    }

    @Test("differs between two recipients in nothing but what is theirs")
    func sameForAll() throws {
        let template = InvitationTemplate(
            calendar: try calendar(try DemoMail.google.bytes), uid: uid, sequence: 0, organizerName: "Ann Lee",
            sender: "invitation@calendar.example.com")
        func unfolded(_ address: String, _ token: String) throws -> String {
            String(
                decoding: template.object(
                    for: try EmailAddress(parsing: address), named: nil, replyAddress: "rsvp+\(token)@d.example",
                    stamp: 0), as: UTF8.self
            ).replacing("\r\n ", with: "")
        }
        let one = try unfolded("one@example.com", "tokenone")
        let two = try unfolded("two@example.com", "tokentwo")
        #expect(
            one.replacing("one@example.com", with: "two@example.com").replacing("tokenone", with: "tokentwo") == two)
    }
}
