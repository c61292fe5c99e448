import Audience
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
                "url": publicURL, "domain": event.domain,
                "invite": "\(publicURL)/event/\(event.uid)/invite", "dashboard": "\(publicURL)/dashboard/\(event.uid)",
            ])
    }

    static func enrolled(_ create: String, order: String) -> NoticeText {
        NoticeText(MailTemplates.enrolled, tag: "enrolled", ["create": create, "order": order])
    }

    static func campaignFinished(_ event: Event, _ progress: CampaignProgress, publicURL: String) -> NoticeText {
        let (summary, skipped) = (progress.campaign.summary, progress.skipped)
        let left = skipped.alreadyInvited + skipped.refused + skipped.cancelled
        let dropped = DropReason.allCases.compactMap { reason in
            summary.dropped[reason].map { "\($0) \(reason.rawValue.replacing("_", with: " "))" }
        }
        return NoticeText(
            MailTemplates.campaignFinished, tag: "finished",
            [
                "title": event.title, "uid": event.uid.description, "campaign": progress.campaign.id,
                "sent": String(progress.sent), "left": String(left), "skipped": left > 0 ? String(left) : "",
                "refused": String(progress.failed), "failed": progress.failed > 0 ? String(progress.failed) : "",
                "rows": String(summary.rows), "dropped": dropped.joined(separator: ", "),
                "dashboard": "\(publicURL)/dashboard/\(event.uid)",
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

    static func listFailed(_ event: Event, campaign: String, reason: String, publicURL: String) -> NoticeText {
        NoticeText(
            MailTemplates.listFailed, tag: "list-failed",
            [
                "title": event.title, "reason": reason, "uid": event.uid.description, "campaign": campaign,
                "dashboard": "\(publicURL)/dashboard/\(event.uid)",
            ])
    }

    static func listTaken(_ receipt: ListReceipt, subject: String?, publicURL: String) -> NoticeText {
        let campaigns = receipt.campaigns.map {
            "\($0.summary.isEmpty ? Event.untitled : $0.summary)\n\($0.recipients) people are being invited.\n"
                + "Event UID: \($0.event)\nCampaign: \($0.campaign)"
        }
        return NoticeText(
            MailTemplates.listTaken, tag: "list-taken",
            [
                "about": subject ?? "", "accepted": String(receipt.accepted), "rejected": String(receipt.rejected),
                "campaigns": campaigns.joined(separator: "\n\n"), "dashboard": "\(publicURL)/dashboard",
            ])
    }

    static func listRefused(_ reason: RefusalReason, subject: String?) -> NoticeText {
        NoticeText(
            MailTemplates.listRefused, tag: "list-refused",
            [
                "about": subject ?? "your mail", "subject": subject ?? "", "explanation": reason.explanation,
                "code": reason.code,
            ])
    }

    static func limitReached(_ event: Event, limit: Int, publicURL: String) -> NoticeText {
        NoticeText(
            MailTemplates.limitReached, tag: "limit",
            [
                "title": event.title, "limit": String(limit), "uid": event.uid.description,
                "dashboard": "\(publicURL)/dashboard/\(event.uid)",
            ])
    }

    /// For an attendee.
    static func unread(_ event: Event, link: String, _ links: PublicLinks) -> NoticeText {
        NoticeText(
            MailTemplates.unread, tag: "unread",
            [
                "title": event.title, "guest": "yes", "organizer": event.organizerName ?? event.organizer.description,
                "yes": links.answer(link, .yes), "maybe": links.answer(link, .maybe), "no": links.answer(link, .no),
                "answerable": event.status == .cancelled ? "" : "yes",
            ])
    }

    static func unprovenChange(_ event: Event, subject: String?) -> NoticeText {
        NoticeText(
            MailTemplates.unprovenChange, tag: "unproven",
            [
                "title": event.title, "subject": subject ?? "", "sender": event.organizer.domain,
                "uid": event.uid.description,
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
    static let untitled = "(no title)"

    var title: String { summary.isEmpty ? Self.untitled : summary }
}
