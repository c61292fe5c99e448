import MailMessage

/// A mail of the server to an organizer.
struct NoticeMail {
    let addresses: MailAddresses
    let branding: Branding

    /// - Parameters:
    ///   - id: the notice's; Message-ID and boundaries are made of it.
    ///   - inReplyTo: Message-ID of the organizer's mail that this answers.
    ///   - original: that mail, to be sent back.
    func message(
        _ text: NoticeText, to recipient: EmailAddress, id: String, inReplyTo: String? = nil,
        attachments: [OutgoingMail.Attachment] = [], original: [UInt8]? = nil, at now: Int64
    ) throws(OrganizerNotification.Failure) -> OutgoingInvitation {
        guard let sender = EmailAddress(addresses.notification) else { throw .unusableDomain }
        var mail = OutgoingMail(
            from: Mailbox(name: branding.name, address: sender), to: Mailbox(address: recipient),
            subject: text.subject, date: Int(now),
            body: text.body(branding, to: recipient, domain: addresses.domain), attachments: attachments)
        mail.messageID = "<notice.\(id)@\(addresses.domain)>"
        mail.extraHeaders.append(("Auto-Submitted", inReplyTo == nil ? "auto-generated" : "auto-replied"))
        if let inReplyTo {
            mail.extraHeaders.append(("In-Reply-To", inReplyTo))
            mail.extraHeaders.append(("References", inReplyTo))
        }
        mail.original = original
        mail.boundarySeed = BoundarySeed.of(id)
        return OutgoingInvitation(
            to: recipient, from: addresses.notification, message: mail.bytes(), tags: [("notice", text.tag)])
    }
}
