import Audience
import ICalendar
import MailMessage
import Scheduling

/// Writes the mails of one event revision with the same content: what is the same for all is prepared once.
package struct InvitationComposer: Sendable {
    package enum Failure: Error, Sendable, Equatable {
        case noCalendar
    }

    private let event: Event
    private let template: InvitationTemplate
    private let body: PreparedBody
    private let subject: String
    private let addresses: MailAddresses
    private let links: PublicLinks
    private let secret: ServiceSecret
    private let from: Mailbox

    /// - Parameters:
    ///   - calendar: the stored calendar object of the event's revision.
    ///   - occasion: what of it is said, and on what occasion.
    package init(
        event: Event, calendar: [UInt8], occasion: MailOccasion = .invitation, addresses: MailAddresses,
        links: PublicLinks, secret: ServiceSecret
    ) throws {
        guard let object = ICalendar.parse(calendar).calendars.first,
            let sender = EmailAddress(addresses.invitation)
        else { throw Failure.noCalendar }
        self.event = event
        self.addresses = addresses
        self.links = links
        self.secret = secret
        let organizerName = event.organizerName ?? event.organizer.description
        template = InvitationTemplate(
            calendar: object, content: occasion.content, uid: event.uid.calendarUID(domain: addresses.domain),
            sequence: event.sequence, organizerName: organizerName, sender: addresses.invitation)
        from = Mailbox(name: organizerName, address: sender)
        let text = InvitationText(
            event: event, excerpt: occasion.content.excerpt(of: object), occasion: occasion,
            organizerName: organizerName, links: links)
        subject = text.subject
        body = PreparedBody(plain: text.plain, html: text.html, placeholders: [InvitationText.attendee])
    }

    /// The single dates of a series that are told of, by their original start in epoch seconds, if answers to them matter.
    package var dates: [Int64] { template.method == .request ? template.instances.compactMap(\.self) : [] }

    /// - Parameters:
    ///   - stamp: DTSTAMP and Date, epoch seconds.
    ///   - answers: what they answered before.
    ///   - campaign: that the mail is part of, if any.
    package func invitation(
        for recipient: Recipient, at stamp: Int64, answers: StandingAnswers = StandingAnswers(.noAction),
        campaign: String? = nil
    ) -> OutgoingInvitation {
        let token = ReplyToken.text(event: event.uid, attendee: recipient.address, secret: secret)
        let replyAddress = addresses.reply(token: token)
        let calendar = template.object(
            for: recipient.address, named: recipient.name, replyAddress: replyAddress, stamp: stamp,
            participation: { answers.response(to: $0).participation })
        var mail = OutgoingMail(
            from: from, to: Mailbox(name: recipient.name, address: recipient.address), subject: subject,
            date: Int(stamp), body: body)
        let link = AttendeeLink.text(replyToken: token, attendee: recipient.address)
        mail.replacements = [link]
        // One-click unsubscription (RFC 2369, RFC 8058), which mailbox providers ask of senders to many; by mail for
        // programs that know nothing else.
        mail.extraHeaders = [
            (
                "List-Unsubscribe",
                "<\(links.unsubscribe(link))>, <mailto:\(addresses.unsubscribe)?subject=\(link)>"
            ),
            ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        ]
        mail.replyTo = EmailAddress(replyAddress).map { Mailbox(address: $0) }
        mail.messageID = "<\(token).\(event.revision)@\(addresses.domain)>"
        mail.calendar = OutgoingMail.CalendarContent(method: template.method.rawValue, bytes: calendar)
        mail.boundarySeed = BoundarySeed.of(token)
        var tags = [("event", event.uid.description), ("revision", String(event.revision))]
        if let campaign { tags.append(("campaign", campaign)) }
        // SES makes them the first parts of Feedback-ID, by which Gmail tells complaint rates apart.
        tags.append(("ses:feedback-id-a", campaign ?? event.uid.description))
        tags.append(("ses:feedback-id-b", "invitation"))
        return OutgoingInvitation(
            to: recipient.address, from: addresses.invitation, message: mail.bytes(), tags: tags)
    }
}

extension Response {
    fileprivate var participation: ParticipationStatus {
        switch self {
        case .noAction: .needsAction
        case .accepted: .accepted
        case .declined: .declined
        case .tentative: .tentative
        case .delegated: .delegated
        }
    }
}
