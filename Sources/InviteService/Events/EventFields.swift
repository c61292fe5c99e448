import ICalendar

/// What a caller of the API says of an event; what is nil or missing stays as it is.
package struct EventFields: Sendable, Equatable {
    /// SUMMARY, DESCRIPTION, LOCATION and URL; an empty text takes the property out.
    package var texts: [String: String]
    package var start: DateValue?
    package var end: DateValue?
    /// RRULE; an empty one ends the repetition.
    package var rule: String?
    package var isTentative: Bool?
    package var updates: UpdateAudience?

    package init(
        texts: [String: String] = [:], start: DateValue? = nil, end: DateValue? = nil, rule: String? = nil,
        isTentative: Bool? = nil, updates: UpdateAudience? = nil
    ) {
        self.texts = texts
        self.start = start
        self.end = end
        self.rule = rule
        self.isTentative = isTentative
        self.updates = updates
    }

    /// - Returns: nil when the event would start anew and no longer say when it ends.
    func applied(to event: Component) -> Component? {
        var event = event
        if start != nil, end == nil, event.first("DTEND") != nil { return nil }
        for (name, text) in texts.sorted(by: { $0.key < $1.key }) {
            // A richer form of the old text would contradict the new one.
            if name == "DESCRIPTION" { for rich in ["X-ALT-DESC", "STYLED-DESCRIPTION"] { event.remove(rich) } }
            if text.isEmpty {
                event.remove(name)
            } else {
                event.set(name == "URL" ? Property(name, text) : .text(name, text))
            }
        }
        if let start { event.set(start.property("DTSTART")) }
        if let end {
            event.remove("DURATION")
            event.set(end.property("DTEND"))
        }
        if let rule {
            if rule.isEmpty { event.remove("RRULE") } else { event.set(Property("RRULE", rule)) }
        }
        if let isTentative { event.set(Property("STATUS", isTentative ? "TENTATIVE" : "CONFIRMED")) }
        return event
    }
}
