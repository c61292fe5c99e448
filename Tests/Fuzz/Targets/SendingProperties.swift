import ICalendar
import MailMessage
import Scheduling

/// Of scheduling: whatever an organizer or attendee sends can be taken or refused, and what is sent on of it reads without
/// problems.
enum SendingProperties {
    private static let methods: [Method?] = [.request, .cancel, .add, .reply, .counter, nil]

    static func finding(in calendar: Component) -> String? {
        guard calendar.components.contains(where: { $0.name == "VEVENT" }) else { return nil }
        for method in methods {
            _ = try? AttendeeMessage.read(CalendarMail(calendar: calendar, method: method), from: nil)
        }
        guard let message = try? OrganizerMessage(CalendarMail(calendar: calendar, method: .request)) else {
            return nil
        }
        var series = EventSeries.receive(message, in: nil).series
        for method in methods {
            guard let next = try? OrganizerMessage(CalendarMail(calendar: calendar, method: method)) else { continue }
            series = EventSeries.receive(next, in: series).series
        }
        let instances = Set(message.instances.map(\.key))
        for content in [
            OutgoingContent.invitation, .cancellation, .instances(instances), .instanceCancellation(instances),
        ] {
            if let finding = finding(in: content, of: calendar) { return finding }
        }
        return nil
    }

    private static func finding(in content: OutgoingContent, of calendar: Component) -> String? {
        let template = InvitationTemplate(
            calendar: calendar, content: content, uid: "1@acme.example", sequence: 1, organizerName: "Ann",
            sender: "invitation@acme.example")
        guard let recipient = EmailAddress("bob@acme.example") else { return nil }
        let object = template.object(
            for: recipient, named: nil, replyAddress: "rsvp@acme.example", stamp: 1_795_338_930)
        let parsed = ICalendar.parse(object)
        guard parsed.problems.isEmpty, parsed.calendars.count == 1 else {
            return "what is sent reads with problems: \(parsed.problems)"
        }
        let problems = ICalendar.check(parsed.calendars[0])
        return problems.isEmpty ? nil : "what is sent has problems: \(problems)"
    }
}
