import Scheduling

/// The words of an invitation, an update or a cancellation, for clients that do not read its calendar part and above it
/// in those that do.
struct InvitationText {
    let subject: String
    let plain: String
    let html: String

    private static let onlineLabel = "Online"

    /// Stands for the part of the links that differs from one attendee to the next.
    static let attendee = "{{attendee-link}}"

    /// - Parameters:
    ///   - when: of what the mail is about, in words.
    ///   - online: the address of the meeting on the web.
    init(
        event: Event, occasion: MailOccasion, organizerName: String, when: String, online: String? = nil,
        links: PublicLinks
    ) {
        let title = event.summary.isEmpty ? "(no title)" : event.summary
        let words = OccasionWords(occasion, organizerName: organizerName)
        subject = "\(words.label): \(title)"
        var rows: [(String, String)] = []
        if !when.isEmpty { rows.append(("When", when + words.furtherDates)) }
        if !event.location.isEmpty { rows.append(("Where", event.location)) }
        let asks = occasion.content.method == .request
        // Calendars that write it into the description as well need no second one.
        if asks, let online, !event.location.contains(online), !event.description.contains(online) {
            rows.append((Self.onlineLabel, online))
        }
        rows.append(("Organizer", organizerName))
        let body = asks ? event.description : ""
        var plain = "\(words.lead)\n\n\(title)\n\n"
        for (label, value) in rows { plain += "\(label): \(value)\n" }
        if !body.isEmpty { plain += "\n\(body)\n" }
        if asks {
            plain += "\nAnswer with the buttons of your calendar or mail program, or here:\n"
            for answer in WebAnswer.allCases {
                plain += "\(answer.label): \(links.answer(Self.attendee, answer))\n"
            }
        } else {
            plain += "\nYour calendar takes it out. You need not answer.\n"
        }
        plain += """

            No more invitations of \(organizerName): \(links.block(Self.attendee))
            No more invitations at all: \(links.unsubscribe(Self.attendee))

            """
        self.plain = plain
        html = Self.html(
            subject: subject, words, title: title, rows: rows, body: body, asks: asks, organizerName, links)
    }

    private static func html(
        subject: String, _ words: OccasionWords, title: String, rows: [(String, String)], body: String, asks: Bool,
        _ organizerName: String, _ links: PublicLinks
    ) -> String {
        let description = body.isEmpty ? "" : "<p>\(HTMLText.paragraphs(body))</p>\n"
        let table = rows.map { label, value in
            let text = HTMLText.escape(value)
            let shown = label == onlineLabel ? "<a href=\"\(text)\" style=\"color:#1a56b0\">\(text)</a>" : text
            return "<tr><td style=\"padding:2px 16px 2px 0;color:#5f6368\">\(label)</td>"
                + "<td style=\"padding:2px 0\">\(shown)</td></tr>"
        }
        let buttons = WebAnswer.allCases.map { answer in
            "<a href=\"\(HTMLText.escape(links.answer(Self.attendee, answer)))\" style=\"display:inline-block;"
                + "padding:8px 20px;margin:0 8px 8px 0;border:1px solid #1a56b0;border-radius:6px;color:#1a56b0;"
                + "text-decoration:none\">\(answer.label)</a>"
        }
        let question = """
            <p style="color:#5f6368;margin:20px 0 8px">Answer with the buttons of your calendar or mail program, or here:</p>
            <p style="margin:0 0 24px">
            \(buttons.joined(separator: "\n"))
            </p>
            """
        let farewell = """
            <p style="color:#5f6368;margin:20px 0 24px">Your calendar takes it out. You need not answer.</p>
            """
        return """
            <!DOCTYPE html>
            <html><head><meta charset="utf-8"><title>\(HTMLText.escape(subject))</title></head>
            <body style="margin:0;padding:24px;font:15px/1.5 system-ui,-apple-system,Segoe UI,Roboto,Arial,sans-serif;color:#202124">
            <p>\(HTMLText.escape(words.lead))</p>
            <h1 style="font-size:21px;line-height:1.3;margin:0 0 12px">\(HTMLText.escape(title))</h1>
            <table cellpadding="0" cellspacing="0">
            \(table.joined(separator: "\n"))
            </table>
            \(description)\(asks ? question : farewell)
            <p style="color:#5f6368;font-size:13px">This was sent for \(HTMLText.escape(organizerName)).
            <a href="\(HTMLText.escape(links.block(Self.attendee)))" style="color:#5f6368">No more from this organizer</a> ·
            <a href="\(HTMLText.escape(links.unsubscribe(Self.attendee)))" style="color:#5f6368">Unsubscribe</a></p>
            </body></html>

            """
    }
}
