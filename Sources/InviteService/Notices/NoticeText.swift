import MailMessage

/// The words of a mail to an organizer, out of the files in Sources/Templates/mail.
struct NoticeText {
    /// A pair of files, the plain one with the subject in its first line.
    struct Files {
        let plain: StaticString
        let html: StaticString
    }

    let subject: String
    /// SES message tag.
    let tag: String
    private let files: Files
    private let values: [String: String]

    init(_ files: Files, tag: String, _ values: [String: String]) {
        self.files = files
        self.values = values
        self.tag = tag
        let firstLine = MailTemplate(files.plain).filled(values).prefix { !$0.isNewline }
        subject = String(firstLine.dropFirst("Subject: ".count))
    }

    /// - Parameter command: for a terminal.
    init(subject: String, tag: String, paragraphs: [String], command: String? = nil) {
        let text = paragraphs.joined(separator: "\n\n")
        self.init(
            MailTemplates.message, tag: tag, ["subject": subject, "text": text, "command": command ?? ""])
    }

    /// The texts of the mail, between the head and the foot that all of these mails share.
    func body(_ branding: Branding, to recipient: EmailAddress, domain: String) -> PreparedBody {
        var values = values
        values["brand"] = branding.name
        values["logo"] = branding.logoURL
        values["colour"] = branding.colour
        values["recipient"] = recipient.description
        values["domain"] = domain
        values["subject-line"] = subject
        let plain = MailTemplate(files.plain).filled(values)
        let html = MailTemplate(files.html).filled(values, escape: HTMLText.paragraphs)
        values["content"] = String(plain.drop { !$0.isNewline }.drop(while: \.isNewline))
        let wholePlain = MailTemplate(MailTemplates.layout.plain).filled(values)
        values["content"] = html
        return PreparedBody(
            plain: wholePlain, html: MailTemplate(MailTemplates.layout.html).filled(values, escape: HTMLText.escape))
    }

    static func created(_ event: Event, when: String, publicURL: String) -> NoticeText {
        NoticeText(
            MailTemplates.created, tag: "created",
            [
                "title": event.title, "when": when, "location": event.location, "uid": event.uid.description,
                "organizer": event.organizer.normalized, "url": publicURL,
                "invite": "\(publicURL)/event/\(event.uid)/invite", "dashboard": "\(publicURL)/dashboard/\(event.uid)",
            ])
    }

    static func campaignPaused(_ event: Event, campaign: String, reason: String, publicURL: String) -> NoticeText {
        NoticeText(
            subject: "Campaign paused: \(event.summary)", tag: "paused",
            paragraphs: [
                "The campaign for the event \"\(event.summary)\" was paused: \(reason)",
                "Mailbox providers stop taking mail from a domain whose mails bounce or are reported. Nothing more is "
                    + "sent from this list until somebody resumes the campaign. Look at where its addresses come from "
                    + "first.",
                "Event UID: \(event.uid)\nCampaign: \(campaign)", "To go on nevertheless:",
            ],
            command: """
                curl -X POST \(publicURL)/event/\(event.uid)/campaigns/\(campaign)/resume -H "x-api-key: $KEY"
                """)
    }

    static func refused(_ reason: RefusalReason, subject: String?) -> NoticeText {
        NoticeText(
            MailTemplates.refused, tag: "refused",
            [
                "about": subject ?? "your mail", "subject": subject ?? "", "explanation": reason.explanation,
                "code": reason.code,
            ])
    }

    static func proposed(_ proposed: ProposedTime, for event: Event) -> NoticeText {
        let title = event.summary.isEmpty ? "(no title)" : event.summary
        let what = proposed.instead.map { "\"\(title)\" of \($0)" } ?? "\"\(title)\""
        var paragraphs = ["\(proposed.attendee) proposes another time for \(what):", proposed.when]
        if let comment = proposed.comment { paragraphs.append("They say: \(comment)") }
        paragraphs.append(
            "To agree, move the event in your own calendar: everybody is asked again. To leave it as it is, do nothing."
        )
        return NoticeText(subject: "New time proposed: \(title)", tag: "proposed", paragraphs: paragraphs)
    }
}

extension Event {
    var title: String { summary.isEmpty ? "(no title)" : summary }
}
