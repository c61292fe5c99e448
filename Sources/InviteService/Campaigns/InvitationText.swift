import ICalendar
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

    /// - Parameter excerpt: the calendar with only what the mail is about.
    init(event: Event, excerpt: Component, occasion: MailOccasion, organizerName: String, links: PublicLinks) {
        let about = EventWords(event, excerpt: excerpt)
        let title = about.title
        let words = OccasionWords(occasion, organizerName: organizerName)
        subject = "\(words.label): \(title)"
        var rows: [(String, String)] = []
        let when = EventTime.text(of: excerpt)
        if !when.isEmpty { rows.append(("When", when + words.furtherDates)) }
        if !about.location.isEmpty { rows.append(("Where", about.location)) }
        let asks = occasion.content.method == .request
        // Calendars that write it into the description as well need no second one.
        if asks, let online = OnlineMeeting.link(of: excerpt), !about.location.contains(online),
            !about.description.contains(online)
        {
            rows.append((Self.onlineLabel, online))
        }
        rows.append(("Organizer", organizerName))
        let body = asks ? about.description : ""
        let answers = asks ? Self.answers(to: occasion.content, links) : []
        var plain = "\(words.lead)\n\n\(title)\n\n"
        for (label, value) in rows { plain += "\(label): \(value)\n" }
        if !body.isEmpty { plain += "\n\(body)\n" }
        let closing = Self.closing(asks: asks, hasLinks: !answers.isEmpty)
        plain += "\n\(closing)\n"
        for (label, url) in answers { plain += "\(label): \(url)\n" }
        plain += """

            No more invitations of \(organizerName): \(links.block(Self.attendee))
            No more invitations at all: \(links.unsubscribe(Self.attendee))

            """
        self.plain = plain
        html = Self.html(
            subject: subject, words, title: title, rows: rows, body: body, closing: closing, answers: answers,
            organizerName, links)
    }

    /// The answers on the web; none to several dates at once, of which each is answered for itself.
    private static func answers(to content: OutgoingContent, _ links: PublicLinks) -> [(label: String, url: String)] {
        var date: Int64?
        if case .instances(let dates) = content {
            guard dates.count == 1 else { return [] }
            date = dates.first
        }
        return WebAnswer.allCases.map { ($0.label, links.answer(attendee, $0, date: date)) }
    }

    private static func closing(asks: Bool, hasLinks: Bool) -> String {
        guard asks else { return "Your calendar takes it out. You need not answer." }
        return "Answer with the buttons of your calendar or mail program" + (hasLinks ? ", or here:" : ".")
    }

    private static func html(
        subject: String, _ words: OccasionWords, title: String, rows: [(String, String)], body: String,
        closing: String, answers: [(label: String, url: String)], _ organizerName: String, _ links: PublicLinks
    ) -> String {
        let description = body.isEmpty ? "" : "<p>\(HTMLText.paragraphs(body))</p>\n"
        let table = rows.map { label, value in
            let text = HTMLText.escape(value)
            let shown = label == onlineLabel ? "<a href=\"\(text)\" style=\"color:#1a56b0\">\(text)</a>" : text
            return "<tr><td style=\"padding:2px 16px 2px 0;color:#5f6368\">\(label)</td>"
                + "<td style=\"padding:2px 0\">\(shown)</td></tr>"
        }
        let buttons = answers.map { label, url in
            "<a href=\"\(HTMLText.escape(url))\" style=\"display:inline-block;"
                + "padding:8px 20px;margin:0 8px 8px 0;border:1px solid #1a56b0;border-radius:6px;color:#1a56b0;"
                + "text-decoration:none\">\(label)</a>"
        }
        let margin = buttons.isEmpty ? 24 : 8
        var farewell = "<p style=\"color:#5f6368;margin:20px 0 \(margin)px\">\(closing)</p>"
        if !buttons.isEmpty {
            farewell += "\n<p style=\"margin:0 0 24px\">\n\(buttons.joined(separator: "\n"))\n</p>"
        }
        return """
            <!DOCTYPE html>
            <html><head><meta charset="utf-8"><title>\(HTMLText.escape(subject))</title></head>
            <body style="margin:0;padding:24px;font:15px/1.5 system-ui,-apple-system,Segoe UI,Roboto,Arial,sans-serif;color:#202124">
            <p>\(HTMLText.escape(words.lead))</p>
            <h1 style="font-size:21px;line-height:1.3;margin:0 0 12px">\(HTMLText.escape(title))</h1>
            <table cellpadding="0" cellspacing="0">
            \(table.joined(separator: "\n"))
            </table>
            \(description)\(farewell)
            <p style="color:#5f6368;font-size:13px">This was sent for \(HTMLText.escape(organizerName)).
            <a href="\(HTMLText.escape(links.block(Self.attendee)))" style="color:#5f6368">No more from this organizer</a> ·
            <a href="\(HTMLText.escape(links.unsubscribe(Self.attendee)))" style="color:#5f6368">Unsubscribe</a></p>
            </body></html>

            """
    }
}
