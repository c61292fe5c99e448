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

    static func enrolled(_ create: String, order: String) -> NoticeText {
        NoticeText(
            subject: "You are enrolled", tag: "enrolled",
            paragraphs: [
                "Thank you for your order \(order). You can invite lists to your events now.",
                "To create an event, invite \(create) to it in your own calendar. You then get a mail that says how to "
                    + "send it to a list.",
            ])
    }

    static func campaignPaused(_ event: Event, campaign: String, reason: String, publicURL: String) -> NoticeText {
        NoticeText(
            MailTemplates.campaignPaused, tag: "paused",
            [
                "title": event.title, "reason": reason, "uid": event.uid.description, "campaign": campaign,
                "url": publicURL, "dashboard": "\(publicURL)/dashboard/\(event.uid)",
            ])
    }

    /// - Parameter part: of a report that takes several mails, from 1.
    static func report(
        _ event: Event, _ figures: StatisticsSummary, part: Int, rows: Int, hasMore: Bool, publicURL: String
    ) -> NoticeText {
        func count(_ response: Response) -> String { String(figures.rsvp[response.rawValue] ?? 0) }
        return NoticeText(
            MailTemplates.report, tag: "report",
            [
                "title": event.title, "part": part > 1 || hasMore ? String(part) : "", "more": hasMore ? "yes" : "",
                "rows": rows == 1 ? "1 person" : "\(rows) people", "sent": String(figures.attendees),
                "yes": count(.accepted), "no": count(.declined), "maybe": count(.tentative),
                "none": count(.noAction), "dashboard": "\(publicURL)/dashboard/\(event.uid)",
            ])
    }

    static func listFailed(_ event: Event, campaign: String, reason: String) -> NoticeText {
        NoticeText(
            subject: "List not sent: \(event.summary)", tag: "list-failed",
            paragraphs: [
                "The list for your event \"\(event.summary)\" could not be sent.", reason,
                "Event UID: \(event.uid)\nCampaign: \(campaign)",
            ])
    }

    static func listTaken(_ receipt: ListReceipt, subject: String?) -> NoticeText {
        let about = subject.map { "Your list \"\($0)\" was read." } ?? "Your list was read."
        var paragraphs = [
            about, "Accepted: \(receipt.accepted)\nRejected: \(receipt.rejected)",
            "The attached file says for every row what became of it, and why.",
        ]
        for started in receipt.campaigns {
            paragraphs.append(
                "\(started.summary)\n\(started.recipients) people are being invited.\n"
                    + "Event UID: \(started.event)\nCampaign: \(started.campaign)")
        }
        if receipt.campaigns.isEmpty { paragraphs.append("Nobody was invited.") }
        return NoticeText(
            subject: "List read: \(receipt.accepted) accepted, \(receipt.rejected) rejected", tag: "list-taken",
            paragraphs: paragraphs)
    }

    static func listRefused(_ reason: RefusalReason, subject: String?) -> NoticeText {
        let about = subject.map { "Your list \"\($0)\" was not sent." } ?? "Your list was not sent."
        return NoticeText(
            subject: "List not sent: \(subject ?? "your mail")", tag: "list-refused",
            paragraphs: [about, reason.explanation, "Reference: \(reason.code)"])
    }

    static func limitReached(_ event: Event, limit: Int) -> NoticeText {
        let title = event.summary.isEmpty ? "(no title)" : event.summary
        return NoticeText(
            subject: "Nobody else can be invited: \(title)", tag: "limit",
            paragraphs: [
                "\(limit) people were invited to your event \"\(title)\", and you may not invite more to one event.",
                "Those who come after them get no invitation. Ask the owner of this domain for more.",
                "Event UID: \(event.uid)",
            ])
    }

    static func unprovenChange(_ event: Event, subject: String?) -> NoticeText {
        let title = event.summary.isEmpty ? "(no title)" : event.summary
        return NoticeText(
            subject: "Not changed: \(title)", tag: "unproven",
            paragraphs: [
                """
                A mail\(subject.map { " \"\($0)\"" } ?? "") asked to change your event "\(title)" in your name, but nothing \
                proves that it came from you. The event was left as it is.
                """,
                """
                If it was not you, you need not do anything. If it was, send the change from the account that made the \
                event, through its own mail servers: they must sign mail with DKIM for \(event.organizer.domain), or the \
                domain must pass DMARC.
                """,
                "You get this at most once a day for each event.", "Event UID: \(event.uid)",
            ])
    }

    static func refused(_ reason: RefusalReason, subject: String?) -> NoticeText {
        NoticeText(
            MailTemplates.refused, tag: "refused",
            [
                "about": subject ?? "your mail", "subject": subject ?? "", "explanation": reason.explanation,
                "code": reason.code,
            ])
    }

    static func proposed(_ proposed: ProposedTime, for event: Event, publicURL: String) -> NoticeText {
        NoticeText(
            MailTemplates.proposed, tag: "proposed",
            [
                "title": event.title, "attendee": proposed.attendee.description, "when": proposed.when,
                "instead": proposed.instead ?? "", "comment": proposed.comment ?? "",
                "dashboard": "\(publicURL)/dashboard/\(event.uid)",
            ])
    }
}

extension Event {
    var title: String { summary.isEmpty ? "(no title)" : summary }
}
