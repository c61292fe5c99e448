import ICalendar
import SigV4

/// The public page of an organizer: a month, the events of its days with a box to tick, and one field for an address.
package enum OrganizerPages {
    /// - Parameter chosen: UIDs whose boxes are ticked.
    package static func month(_ month: OrganizerMonth, email: String, chosen: Set<String>, origin: String) -> Page {
        var page = Page(
            title: "Events of \(month.organizerName)",
            body: """
                <h1>Events of \(month.organizerName)</h1>
                \(navigation(month, email: email, chosen: chosen, origin: origin))
                \(grid(month))
                \(form(month, email: email, chosen: chosen, origin: origin))
                """)
        page.isWide = true
        return page
    }

    package static func sent(_ count: Int, to email: String) -> Page {
        let many = count == 1 ? "Your invitation is on its way" : "\(count) invitations are on their way"
        return Page(
            title: "On its way",
            body: """
                <h1>\(many)</h1>
                <p>They are sent to <strong>\(email)</strong> in a moment, unless they were sent there before.</p>
                <p>Answer each with the buttons of your mail program, and the event is in your calendar.</p>
                """)
    }

    /// The other months know what was given to this one.
    private static func navigation(
        _ month: OrganizerMonth, email: String, chosen: Set<String>, origin: String
    ) -> HTML {
        let given = [("email", email), ("origin", origin), ("events", chosen.sorted().joined(separator: ","))]
        let rest = given.filter { !$0.1.isEmpty }.map { "&\($0.0)=\(PercentEncoding.encode($0.1))" }.joined()
        return """
            <nav class="months" aria-label="Months">
            <a href="?month=\(month.month.previous.description)\(rest)" rel="prev">‹ \(month.month.previous.shortName)</a>
            <strong>\(month.month.name)</strong>
            <a href="?month=\(month.month.next.description)\(rest)" rel="next">\(month.month.next.shortName) ›</a>
            </nav>
            """
    }

    /// Weeks begin on Monday (ISO 8601). Days with events lead to their list below.
    private static func grid(_ month: OrganizerMonth) -> HTML {
        let counts = Dictionary(grouping: month.entries, by: \.day.day).mapValues(\.count)
        var cells: [HTML] = Array(repeating: "<td></td>", count: month.month.firstDay.weekdayFromMonday)
        for day in 1...month.month.days {
            let events = counts[day] ?? 0
            cells.append(
                events == 0
                    ? "<td>\(String(day))</td>"
                    : """
                    <td class="has"><a href="#day-\(String(day))" aria-label="\(String(day)): \(events == 1 ? "1 event" : "\(events) events")">\(String(day))</a></td>
                    """)
        }
        let rows: [HTML] = cells.pieces(of: 7).map { "<tr>\(HTML.joined($0))</tr>" }
        let names: [HTML] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"].map { "<th scope=\"col\">\($0)</th>" }
        return """
            <table class="month"><caption class="hidden">\(month.month.name)</caption>
            <thead><tr>\(HTML.joined(names))</tr></thead>
            <tbody>\(HTML.joined(rows))</tbody></table>
            """
    }

    private static func form(_ month: OrganizerMonth, email: String, chosen: Set<String>, origin: String) -> HTML {
        guard !month.entries.isEmpty else { return "<p class=\"soft\">There is no event in this month.</p>" }
        var parts: [HTML] = ["<form method=\"post\" action=\"?\">"]
        if !origin.isEmpty { parts.append("<input type=\"hidden\" name=\"origin\" value=\"\(origin)\">") }
        var day: CivilDate?
        for entry in month.entries {
            if entry.day != day {
                if day != nil { parts.append("</fieldset>") }
                parts.append("<fieldset id=\"day-\(String(entry.day.day))\"><legend>\(entry.day.heading)</legend>")
                day = entry.day
            }
            let uid = entry.event.uid.description
            let tick: HTML = chosen.contains(uid) ? " checked" : ""
            var details = [entry.time, entry.location].filter { !$0.isEmpty }.joined(separator: " · ")
            if entry.event.recurrence != nil { details += " · repeating" }
            parts.append(
                """
                <label class="choice"><input type="checkbox" name="event-\(uid)" value="yes"\(tick)>
                <span><strong>\(entry.title)</strong><br><span class="soft">\(details)</span></span></label>
                """)
        }
        parts.append(
            """
            </fieldset>
            <label for="email">Your e-mail address</label>
            <input id="email" name="email" type="email" required autocomplete="email" value="\(email)">
            <div class="row"><button class="main" type="submit">Send me the invitations</button></div>
            </form>
            <p class="soft after">You get a calendar invitation for each event you choose, and what changes in it later.</p>
            """)
        return HTML.joined(parts)
    }
}

extension CivilDate {
    fileprivate var weekdayFromMonday: Int { ((daysSinceEpoch + 3) % 7 + 7) % 7 }

    /// `Tuesday 24 November`.
    fileprivate var heading: String {
        let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
        let month = CalendarMonth(of: self).shortName
        return "\(weekdays[weekdayFromMonday]) \(day) \(month)"
    }
}
