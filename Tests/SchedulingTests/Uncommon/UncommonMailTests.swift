import ICalendar
import MailMessage
import Scheduling
import TestSupport
import Testing

@Suite("Uncommon mail")
struct UncommonMailTests {
    @Test("is taken for what it means", arguments: UncommonMail.structures + UncommonMail.contents)
    func meaning(mail: UncommonMail) {
        #expect(UncommonMail.text(of: mail.bytes) == mail.meaning)
    }

    @Test("is shown by `inspect` as the server takes it", arguments: UncommonMail.structures + UncommonMail.contents)
    func inspection(mail: UncommonMail) throws {
        guard let taken = try? CalendarMail(MailParser.parse(mail.bytes)) else { return }
        let shown = CalendarFile(name: "a.eml", bytes: mail.bytes).calendars.flatMap(\.components)
        #expect(taken.calendar.components.allSatisfy(shown.contains))
    }

    @Test("can be sent on by the letter of the standards", arguments: UncommonMail.structures + UncommonMail.contents)
    func sending(mail: UncommonMail) throws {
        guard let taken = try? CalendarMail(MailParser.parse(mail.bytes)), (try? OrganizerMessage(taken)) != nil else {
            return
        }
        let template = InvitationTemplate(
            calendar: taken.calendar, uid: "1@calendar.example.com", sequence: 0, organizerName: "Ann",
            sender: "invitation@calendar.example.com")
        let object = template.object(
            for: try EmailAddress(parsing: "bob@example.com"), named: "Bob",
            replyAddress: "rsvp+t@calendar.example.com", stamp: 1_795_338_930)
        let faults = StrictCalendar.faults(in: object)
        #expect(faults.isEmpty, "\(faults.joined(separator: "\n"))")
    }
}
