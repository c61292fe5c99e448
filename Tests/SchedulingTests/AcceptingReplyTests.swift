import ICalendar
import MailMessage
import Scheduling
import Testing

@Suite("The acceptance an organizer gets")
struct AcceptingReplyTests {
    @Test("is a REPLY of the invited address about the organizer's own event")
    func reply() throws {
        let bytes = AcceptingReply.bytes(
            uid: "4k2v@google.com", organizer: "group-calendar-1234567890123456789012345678901234567890@acme.example",
            attendee: "create@calendar.example.com", sequence: 4, summary: "Tea, and\nmore; 🍰", stamp: 1_795_338_930)
        let object = try soundCalendar(bytes)
        #expect(object.first("METHOD")?.value == "REPLY")
        let event = try #require(object.components("VEVENT").first)
        let view = EventView(event)
        #expect(view.uid == "4k2v@google.com")
        #expect(view.sequence == 4)
        #expect(view.dtstamp?.text == "20261122T091530Z")
        #expect(view.organizer?.email == "group-calendar-1234567890123456789012345678901234567890@acme.example")
        #expect(event.all("ATTENDEE").count == 1)
        #expect(view.attendees.first?.user.email == "create@calendar.example.com")
        #expect(view.attendees.first?.partstat == .accepted)
        #expect(view.summary == "Tea, and\nmore; 🍰")
    }
}
