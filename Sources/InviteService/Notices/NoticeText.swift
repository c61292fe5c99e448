import MailMessage

/// The words of a mail to an organizer.
struct NoticeText {
    let subject: String
    let plain: String
    let html: String
    /// SES message tag.
    let tag: String

    private init(subject: String, tag: String, paragraphs: [String], command: String? = nil) {
        self.subject = subject
        self.tag = tag
        var plain = paragraphs.joined(separator: "\n\n")
        if let command { plain += "\n\n    " + command.split(separator: "\n").joined(separator: "\n    ") }
        self.plain = plain + "\n"
        var html = paragraphs.map { "<p>\(HTMLText.paragraphs($0))</p>" }.joined(separator: "\n")
        if let command {
            html += """

                <pre style="background:#f1f3f4;padding:12px;white-space:pre-wrap;font-size:13px">\
                \(HTMLText.escape(command))</pre>
                """
        }
        self.html = """
            <!DOCTYPE html>
            <html><head><meta charset="utf-8"><title>\(HTMLText.escape(subject))</title></head>
            <body style="margin:0;padding:24px;font:15px/1.5 system-ui,-apple-system,Segoe UI,Roboto,Arial,sans-serif;color:#202124">
            \(html)
            </body></html>

            """
    }

    static func created(_ event: Event, publicURL: String) -> NoticeText {
        let title = event.summary.isEmpty ? "(no title)" : event.summary
        return NoticeText(
            subject: "Event created: \(title)", tag: "created",
            paragraphs: [
                "Your event \"\(title)\" was created. Nobody has been invited yet.",
                "Event UID: \(event.uid)",
                "Change or cancel the event in your own calendar, and this server follows.",
                "To invite a list that lies in the server's bucket, start a campaign with your API key:",
            ],
            command: """
                curl -X POST \(publicURL)/event/\(event.uid)/campaigns \\
                  -H "x-api-key: $KEY" -H "content-type: application/json" \\
                  -d '{"source":"s3://BUCKET/lists/\(event.organizer.normalized)/NAME/"}'
                """)
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
        let about = subject.map { "Your mail \"\($0)\" made no event." } ?? "Your mail made no event."
        return NoticeText(
            subject: "Not created: \(subject ?? "your mail")", tag: "refused",
            paragraphs: [about, reason.explanation, "Reference: \(reason.code)"])
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
