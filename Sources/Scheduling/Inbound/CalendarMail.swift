import ICalendar
import MailMessage

/// The calendar object that a mail carries.
package struct CalendarMail: Sendable {
    package enum Failure: Error, Sendable, Equatable {
        /// No text/calendar, application/ics or .ics part; `winmail` when there is a winmail.dat instead.
        case noCalendarPart(winmail: Bool)
        /// There is a calendar part, but no event in it that could be read.
        case unreadable(detail: String)
        case unknownMethod(String)
    }

    /// The VCALENDAR as received.
    package var calendar: Component
    /// METHOD of the object, which counts even where the MIME parameter says otherwise: Google labels a COUNTER
    /// `method=REPLY`. The MIME parameter is used when the object has none; nil when neither names one.
    package var method: Method?

    /// A calendar object that came by itself.
    package init(calendar: Component, method: Method?) {
        self.calendar = calendar
        self.method = method
    }

    package init(_ mail: ParsedMail) throws(Failure) {
        let parts = mail.calendarParts()
        guard !parts.isEmpty else {
            throw .noCalendarPart(
                winmail: mail.root.leaves.contains { $0.part.contentType.mediaType == "application/ms-tnef" })
        }
        var problems: [Problem] = []
        for part in parts {
            let parsed = ICalendar.parse(part.utf8)
            problems += parsed.problems
            guard let calendar = Self.whole(parsed.calendars) else { continue }
            self.calendar = calendar
            let names = [calendar.first("METHOD")?.value, part.method].compactMap { $0.map(Self.word) }
            guard let name = names.first(where: { !$0.isEmpty }) else {
                method = nil
                return
            }
            guard let method = Method(rawValue: name.uppercased()) else { throw .unknownMethod(name) }
            self.method = method
            return
        }
        let detail = problems.first.map { "line \($0.line): \($0.message)" } ?? "it holds no VEVENT"
        throw .unreadable(detail: detail)
    }

    private static func word(_ text: String) -> String { String(text.filter { !$0.isWhitespace }) }

    /// The first calendar with an event. Some write each instance of a series into a calendar of its own: what others say
    /// of the same event by the same method is added.
    private static func whole(_ calendars: [Component]) -> Component? {
        let holders = calendars.filter { $0.components.contains { $0.name == "VEVENT" } }
        guard var whole = holders.first else { return nil }
        func uid(_ event: Component) -> String? { event.first("UID")?.text }
        guard let first = whole.components("VEVENT").first.flatMap(uid) else { return whole }
        for other in holders.dropFirst() where other.first("METHOD")?.value == whole.first("METHOD")?.value {
            whole.components += other.components.filter {
                $0.name == "VTIMEZONE" || $0.name == "VEVENT" && uid($0) == first
            }
        }
        return whole
    }

    package var events: [Component] { calendar.components.filter { $0.name == "VEVENT" } }
}
