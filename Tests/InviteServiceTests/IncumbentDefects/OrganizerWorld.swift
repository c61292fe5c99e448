import Audience
import ICalendar
import InviteService
import MailMessage
import TestSupport
import Testing

/// What was seen to go wrong in an older system that does this job has numbers, under which it is tested in this folder:
/// lost and repeated mail (1 to 6), misread invitations (18 to 27), wrong updates (28 to 31), invalid messages (32 to 35),
/// trust (36, 37). Lists by mail (7 to 13), replies and statistics (14 to 17, 38), public calls (39 to 41, 45) and
/// dashboards (42 to 44, 46) are tested where those are, under names that begin with `incumbent` and the number. What was
/// only read in its source is in `FaultsByReadingTests`.
struct OrganizerWorld {
    let events = EventsInMemory()

    /// The event made of these lines in place of an ordinary start and end.
    func event(_ lines: [String], zones: [String] = [], zonesLast: Bool = false) async throws -> Event {
        var calendar = SampleMail.event(without: ["DTSTART", "DTEND"], lines)
        let place = zonesLast ? calendar.count - 1 : calendar.firstIndex(of: "BEGIN:VEVENT") ?? 0
        calendar.insert(contentsOf: zones, at: place)
        _ = try await events.receive(SampleMail.invitation(calendar: calendar), id: "m1")
        return try #require(events.events.first, "\(events.notices)")
    }

    func invitation(_ event: Event) throws -> [UInt8] {
        let composer = try InvitationComposer(
            event: event, calendar: try #require(events.calendar(of: event)), addresses: Samples.addresses,
            links: Samples.links, secret: try Samples.secret())
        let bob = Recipient(address: try Samples.address("bob@example.com"))
        return composer.invitation(for: bob, at: noon()).message
    }

    /// The calendar object that attendees get.
    func outgoing(_ event: Event) throws -> [UInt8] {
        try #require(MailParser.parse(invitation(event)).calendarParts().first).bytes
    }

    func view(_ event: Event) throws -> EventView {
        EventView(try #require(ICalendar.parse(outgoing(event)).calendars.first?.components("VEVENT").first))
    }
}
