/// The pages that the links in an invitation lead to. Mail scanners follow links, so nothing happens before a button
/// is pressed.
package enum ChoicePages {
    /// - Parameter chosen: the answer of the link that was followed, whose button stands out.
    package static func answer(_ event: EventDescription, chosen: WebAnswer?) -> Page {
        let buttons = WebAnswer.allCases.map { answer -> HTML in
            let style: HTML = answer == chosen ? " class=\"main\"" : ""
            return
                "<button\(style) type=\"submit\" name=\"answer\" value=\"\(answer.rawValue)\">\(answer.label)</button>"
        }
        let date: HTML? = event.date.map { "<input type=\"hidden\" name=\"date\" value=\"\(String($0))\">\n" }
        let question = chosen.map { "Press \($0.label) to confirm your answer, or choose another." } ?? "Will you come?"
        let scope: HTML = event.date == nil ? "" : "<p>Your answer is for this date only.</p>\n"
        return Page(
            title: "Answer: \(event.title)",
            body: """
                \(event.card)
                \(scope)<form method="post" action="?">
                \(date ?? "")<p>\(question)</p>
                <div class="row">\(HTML.joined(buttons))</div>
                </form>
                """)
    }

    package static func answered(_ event: EventDescription, _ answer: WebAnswer, isRecorded: Bool) -> Page {
        guard isRecorded else {
            return MessagePage.page(
                title: "There is a newer answer",
                message:
                    "A newer answer of yours was recorded before this one, and it stays. Follow the link in your invitation again to change it."
            )
        }
        return Page(
            title: "Answer recorded",
            body: """
                <h1>Your answer is recorded: \(answer.label)</h1>
                <p>\(event.title)\(event.when.isEmpty ? "" : ", \(event.when)")</p>
                <p class="soft">You can change it at any time with the links in your invitation. Your own calendar is not \
                changed by this page; its buttons answer too.</p>
                """)
    }

    package static func unsubscribe(_ email: String) -> Page {
        Page(
            title: "Unsubscribe",
            body: """
                <h1>Unsubscribe from all invitations?</h1>
                <p><strong>\(email)</strong> will get no more calendar invitations from this service, from any organizer.</p>
                <form method="post" action="?">
                <div class="row"><button class="main" type="submit">Unsubscribe</button></div>
                </form>
                """)
    }

    package static func unsubscribed(_ email: String) -> Page {
        Page(
            title: "Unsubscribed",
            body: """
                <h1>You are unsubscribed</h1>
                <p><strong>\(email)</strong> gets no more calendar invitations from this service.</p>
                \(undo)
                """)
    }

    package static func resubscribed(_ email: String) -> Page {
        Page(
            title: "Subscribed again",
            body: """
                <h1>You get invitations again</h1>
                <p><strong>\(email)</strong> can be sent calendar invitations by this service, as before.</p>
                """)
    }

    package static func block(_ email: String, organizer: String) -> Page {
        Page(
            title: "No more from \(organizer)",
            body: """
                <h1>No more invitations from \(organizer)?</h1>
                <p><strong>\(email)</strong> will get no more calendar invitations from this organizer. Others can still \
                invite you.</p>
                <form method="post" action="?">
                <div class="row"><button class="main" type="submit">No more from this organizer</button></div>
                </form>
                """)
    }

    package static func blocked(_ email: String, organizer: String) -> Page {
        Page(
            title: "Blocked",
            body: """
                <h1>\(organizer) is blocked</h1>
                <p><strong>\(email)</strong> gets no more calendar invitations from this organizer.</p>
                \(undo)
                """)
    }

    package static func unblocked(_ email: String, organizer: String) -> Page {
        Page(
            title: "No longer blocked",
            body: """
                <h1>\(organizer) can invite you again</h1>
                <p><strong>\(email)</strong> can be sent calendar invitations from this organizer, as before.</p>
                """)
    }

    private static let undo: HTML = """
        <form method="post" action="?">
        <input type="hidden" name="undo" value="yes">
        <div class="row"><button type="submit">I did not mean to: undo</button></div>
        </form>
        """
}
