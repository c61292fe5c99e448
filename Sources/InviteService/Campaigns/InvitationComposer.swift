import Audience
import ICalendar
import MailMessage
import Scheduling

/// Writes the invitation mails of one event revision: what is the same for all is prepared once.
package struct InvitationComposer: Sendable {
    package enum Failure: Error, Sendable, Equatable {
        case noCalendar
    }

    private let event: Event
    private let template: InvitationTemplate
    private let body: PreparedBody
    private let subject: String
    private let addresses: MailAddresses
    private let secret: ServiceSecret
    private let from: Mailbox

    /// - Parameter calendar: the stored calendar object of the event's revision.
    package init(event: Event, calendar: [UInt8], addresses: MailAddresses, secret: ServiceSecret) throws {
        guard let object = ICalendar.parse(calendar).calendars.first,
            let sender = EmailAddress(addresses.invitation)
        else { throw Failure.noCalendar }
        self.event = event
        self.addresses = addresses
        self.secret = secret
        let organizerName = event.organizerName ?? event.organizer.description
        template = InvitationTemplate(
            calendar: object, uid: event.uid.calendarUID(domain: addresses.domain), sequence: event.sequence,
            organizerName: organizerName, sender: addresses.invitation)
        from = Mailbox(name: organizerName, address: sender)
        let text = InvitationText(event: event, organizerName: organizerName, when: EventTime.text(of: object))
        subject = text.subject
        body = PreparedBody(plain: text.plain, html: text.html)
    }

    /// - Parameter stamp: DTSTAMP and Date, epoch seconds.
    package func invitation(for recipient: Recipient, at stamp: Int64) -> OutgoingInvitation {
        let token = ReplyToken.text(event: event.uid, attendee: recipient.address, secret: secret)
        let replyAddress = addresses.reply(token: token)
        let calendar = template.object(
            for: recipient.address, named: recipient.name, replyAddress: replyAddress, stamp: stamp)
        var mail = OutgoingMail(
            from: from, to: Mailbox(name: recipient.name, address: recipient.address), subject: subject,
            date: Int(stamp),
            body: body)
        mail.replyTo = EmailAddress(replyAddress).map { Mailbox(address: $0) }
        mail.messageID = "<\(token).\(event.revision)@\(addresses.domain)>"
        mail.calendar = OutgoingMail.CalendarContent(method: template.method.rawValue, bytes: calendar)
        mail.boundarySeed = BoundarySeed.of(token)
        return OutgoingInvitation(
            to: recipient.address, from: addresses.invitation, message: mail.bytes(),
            tags: [("event", event.uid.description), ("revision", String(event.revision))])
    }
}
