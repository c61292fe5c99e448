import ICalendar

/// What people read of an event.
struct EventWords: Equatable {
    var title: String
    var location: String
    /// May have several lines.
    var description: String

    init(_ event: Event) {
        title = event.summary.isEmpty ? "(no title)" : event.summary
        location = event.location
        description = event.description
    }

    /// Of one date of its series, which may have words of its own.
    init(_ event: Event, date: Component) {
        self.init(event)
        let view = EventView(date)
        if let summary = view.summary, !summary.isEmpty { title = summary.cut(toUTF8: Event.lineLimit) }
        // One that a client names by its RECURRENCE-ID alone is the series' in everything else.
        guard view.summary != nil || view.start != nil else { return }
        location = (view.location ?? "").cut(toUTF8: Event.lineLimit)
        description = (view.description ?? "").cut(toUTF8: Event.descriptionLimit)
    }

    /// Of what a mail is about: a date's where that is all it is about, or where several agree, else the event's.
    init(_ event: Event, excerpt: Component) {
        let dates = excerpt.components("VEVENT")
        self.init(event)
        guard let first = dates.first, dates.allSatisfy({ $0.first("RECURRENCE-ID") != nil }) else { return }
        let words = EventWords(event, date: first)
        if dates.allSatisfy({ EventWords(event, date: $0) == words }) { self = words }
    }
}
