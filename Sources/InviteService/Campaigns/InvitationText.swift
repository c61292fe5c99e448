/// The words of an invitation, for clients that do not read its calendar part and above it in those that do.
struct InvitationText {
    let subject: String
    let plain: String
    let html: String

    init(event: Event, organizerName: String, when: String) {
        let title = event.summary.isEmpty ? "(no title)" : event.summary
        subject = "Invitation: \(title)"
        var rows = [("When", when)]
        if !event.location.isEmpty { rows.append(("Where", event.location)) }
        rows.append(("Organizer", organizerName))
        var plain = "\(organizerName) invites you to:\n\n\(title)\n\n"
        for (label, value) in rows { plain += "\(label): \(value)\n" }
        if !event.description.isEmpty { plain += "\n\(event.description)\n" }
        plain += "\nAnswer with the buttons of your calendar or mail program.\n"
        self.plain = plain

        let description = event.description.isEmpty ? "" : "<p>\(HTMLText.paragraphs(event.description))</p>\n"
        let table = rows.map { label, value in
            "<tr><td style=\"padding:2px 16px 2px 0;color:#5f6368\">\(label)</td>"
                + "<td style=\"padding:2px 0\">\(HTMLText.escape(value))</td></tr>"
        }
        html = """
            <!DOCTYPE html>
            <html><head><meta charset="utf-8"><title>\(HTMLText.escape(subject))</title></head>
            <body style="margin:0;padding:24px;font:15px/1.5 system-ui,-apple-system,Segoe UI,Roboto,Arial,sans-serif;color:#202124">
            <p>\(HTMLText.escape(organizerName)) invites you to:</p>
            <h1 style="font-size:21px;line-height:1.3;margin:0 0 12px">\(HTMLText.escape(title))</h1>
            <table cellpadding="0" cellspacing="0">
            \(table.joined(separator: "\n"))
            </table>
            \(description)<p style="color:#5f6368">Answer with the buttons of your calendar or mail program.</p>
            </body></html>

            """
    }
}
