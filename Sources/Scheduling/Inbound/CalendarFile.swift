import ICalendar
import MailMessage

/// A mail or a calendar file, read for what it says: nothing is refused, and what is wrong with it is named.
package struct CalendarFile: Sendable {
    package enum Failure: Sendable, Equatable {
        /// The file holds no VCALENDAR.
        case noCalendar
        /// The mail has no part that could be one.
        case noCalendarPart
        /// The mail's calendar part holds no VCALENDAR.
        case noCalendarInPart
    }

    /// In order; empty only when there is a `failure`.
    package private(set) var calendars: [Component] = []
    /// Of form, then of contents.
    package private(set) var problems: [Problem] = []
    /// What was wrong with the mail around the calendar.
    package private(set) var mailProblems: [MailProblem] = []
    package private(set) var failure: Failure?
    /// Of the mail's calendar part, by its MIME type.
    private var partMethod: String?

    /// - Parameter name: the file's name: `.ics` says that it is a calendar, `.eml` that it is a mail. Without either
    ///   its beginning tells.
    package init(name: String, bytes: [UInt8]) {
        if Self.isCalendar(name: name, bytes: bytes) {
            read(ICalendar.parse(bytes), orElse: .noCalendar)
            return
        }
        let mail = MailParser.parse(bytes)
        mailProblems = mail.problems
        let parts = mail.calendarParts()
        guard let first = parts.first else {
            failure = .noCalendarPart
            return
        }
        // Of several, the first with something in it.
        let readable = parts.lazy.map { ($0, ICalendar.parse($0.utf8)) }.first { _, parsed in
            parsed.calendars.contains { !EventSummary.all(in: $0).isEmpty }
        }
        let (part, parsed) = readable ?? (first, ICalendar.parse(first.utf8))
        partMethod = part.method?.uppercased()
        read(parsed, orElse: .noCalendarInPart)
    }

    private mutating func read(_ parsed: ParsedCalendars, orElse failure: Failure) {
        calendars = parsed.calendars
        problems = parsed.problems + parsed.calendars.flatMap(ICalendar.check)
        if calendars.isEmpty { self.failure = failure }
    }

    private static func isCalendar(name: String, bytes: [UInt8]) -> Bool {
        let name = name.lowercased()
        if name.hasSuffix(".ics") { return true }
        if name.hasSuffix(".eml") { return false }
        let start = bytes.prefix(64).drop { $0 <= 0x20 || $0 >= 0x80 }
        return String(decoding: start, as: UTF8.self).uppercased().hasPrefix("BEGIN:VCALENDAR")
    }

    /// The first METHOD, in upper case; where no calendar has one, that of the mail's MIME type.
    package var method: String? {
        calendars.lazy.compactMap { $0.first("METHOD")?.value.uppercased() }.first ?? partMethod
    }

    /// The events and to-dos of all calendars, in order.
    package var events: [EventSummary] { calendars.flatMap { EventSummary.all(in: $0) } }

    /// Likewise, with what does not fit into a summary.
    package var details: [EventDetails] { calendars.flatMap { EventDetails.all(in: $0) } }
}
