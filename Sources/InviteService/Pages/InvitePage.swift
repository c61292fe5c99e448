/// The page of an event at which somebody asks for an invitation to it.
package enum InvitePage {
    /// What the form starts with, as it stood in the link.
    package struct Fields: Sendable {
        package var email: String
        package var name: String
        package var origin: String
        package var landing: String

        package init(email: String, name: String, origin: String, landing: String) {
            self.email = email
            self.name = name
            self.origin = origin
            self.landing = landing
        }
    }

    /// - Parameter uid: of the event, for the link to its calendar file.
    package static func page(of event: EventDescription, uid: String, _ fields: Fields) -> Page {
        // The path without its query: what was in it is in the form.
        var form: [HTML] = [
            "<form method=\"post\" action=\"?\">",
            """
            <label for="email">Your e-mail address</label>
            <input id="email" name="email" type="email" required autocomplete="email" value="\(fields.email)">
            """,
            """
            <label for="name">Your name <span class="soft">(optional)</span></label>
            <input id="name" name="name" type="text" autocomplete="name" maxlength="100" value="\(fields.name)">
            """,
        ]
        for (name, value) in [("origin", fields.origin), ("landing", fields.landing)] where !value.isEmpty {
            form.append("<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">")
        }
        form.append(
            """
            <div class="row"><button class="main" type="submit">Send me the invitation</button></div>
            </form>
            <p class="soft after">You get one calendar invitation by e-mail, and what changes in it later. Or only \
            <a href="/event/\(uid)/calendar.ics">add it to your calendar</a>, without an answer and without changes.</p>
            """)
        let text: HTML = event.text.isEmpty ? "" : "<p class=\"text\">\(event.text)</p>"
        return Page(title: event.title, body: "\(event.card)\n\(text)\n\(HTML.joined(form))")
    }

    package static func sent(to email: String) -> Page {
        Page(
            title: "On its way",
            body: """
                <h1>Your invitation is on its way</h1>
                <p>It is sent to <strong>\(email)</strong> in a moment, unless it was sent there before.</p>
                <p>Answer it with the buttons of your mail program, and the event is in your calendar.</p>
                """)
    }
}
