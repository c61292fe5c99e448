import Audience
import ICalendar
import MailMessage

/// The public page of one organizer: a month of their events, of which a visitor chooses several.
package struct OrganizerCalendar: Sendable {
    package struct Ports: Sendable {
        package var listEvents:
            @Sendable (EmailAddress, EventFilter, EventCursor?, _ limit: Int) async throws -> EventPage
        package var readCalendar: @Sendable (Event) async throws -> [UInt8]
        /// Epoch seconds.
        package var now: @Sendable () -> Int64

        package init(
            listEvents:
                @escaping @Sendable (EmailAddress, EventFilter, EventCursor?, _ limit: Int) async throws -> EventPage,
            readCalendar: @escaping @Sendable (Event) async throws -> [UInt8],
            now: @escaping @Sendable () -> Int64
        ) {
            self.listEvents = listEvents
            self.readCalendar = readCalendar
            self.now = now
        }
    }

    package enum Failure: Error, Sendable, Equatable {
        /// The link is damaged or made up.
        case unknownLink
        case unknownMonth
        case nothingChosen
        case tooManyChosen(limit: Int)
    }

    /// Events of one month that are shown, dates of a series among them, and events that may be chosen at once.
    package static let eventLimit = 500
    private static let dateLimit = 62
    package static let choiceLimit = 20

    private let ports: Ports
    private let secret: ServiceSecret

    package init(ports: Ports, secret: ServiceSecret) {
        self.ports = ports
        self.secret = secret
    }

    package func organizer(_ link: String) throws(Failure) -> EmailAddress {
        guard let link = OrganizerLink(link, secret: secret) else { throw .unknownLink }
        return link.organizer
    }

    /// - Parameter text: `2027-01`; nil for the month of the next event, else of today.
    package func month(_ text: String?, of organizer: EmailAddress) async throws -> OrganizerMonth {
        let now = ports.now()
        let month: CalendarMonth
        if let text {
            guard let asked = CalendarMonth(text) else { throw Failure.unknownMonth }
            month = asked
        } else {
            let today = now - now % 86_400
            // Of each, the one that is under way and the next.
            let coming = try await entries(of: organizer, from: today, to: .max, each: 2)
            month = CalendarMonth(containing: coming.map(\.start).filter { $0 >= today }.min() ?? now)
        }
        // A day more on either side: a month begins at other moments elsewhere.
        let entries = try await entries(
            of: organizer, from: month.firstDay.epoch - 86_400, to: month.next.firstDay.epoch + 86_400,
            each: Self.dateLimit
        ).filter { CalendarMonth(of: $0.day) == month }
            .sorted { ($0.start, $0.event.uid.description) < ($1.start, $1.event.uid.description) }
        return OrganizerMonth(organizer: organizer, month: month, entries: Array(entries.prefix(Self.eventLimit)))
    }

    /// The events and dates of series that lie in a stretch of time.
    private func entries(
        of organizer: EmailAddress, from: Int64, to: Int64, each limit: Int
    ) async throws -> [OrganizerMonth.Entry] {
        let events = try await events(of: organizer, EventFilter(startsBefore: to == .max ? nil : to, endsAfter: from))
        var entries: [OrganizerMonth.Entry] = []
        for group in events.pieces(of: 16) {
            entries += try await withThrowingTaskGroup(of: [OrganizerMonth.Entry].self) { tasks in
                for event in group {
                    tasks.addTask { try await self.entries(of: event, from: from, to: to, limit) }
                }
                return try await tasks.reduce(into: []) { $0 += $1 }
            }
        }
        return entries
    }

    private func entries(
        of event: Event, from: Int64, to: Int64, _ limit: Int
    ) async throws -> [OrganizerMonth.Entry] {
        // Only a series says more than its head does.
        guard event.lastEnd != event.end || event.recurrence != nil,
            let calendar = ICalendar.parse(try await ports.readCalendar(event)).calendars.first,
            let series = RecurrenceSet(uid: event.clientUID, in: calendar)
        else { return [OrganizerMonth.Entry(event)] }
        return series.occurrences(from: from, to: to, limit: limit)
            .filter { $0.event.status != "CANCELLED" }.map { OrganizerMonth.Entry(event, $0) }
    }

    /// The UIDs a visitor chose.
    package static func choice(_ uids: [String]) throws(Failure) -> [String] {
        guard !uids.isEmpty else { throw .nothingChosen }
        guard uids.count <= choiceLimit else { throw .tooManyChosen(limit: choiceLimit) }
        return uids
    }

    private func events(of organizer: EmailAddress, _ filter: EventFilter) async throws -> [Event] {
        var events: [Event] = []
        var cursor: EventCursor?
        repeat {
            let page = try await ports.listEvents(organizer, filter, cursor, Self.eventLimit - events.count)
            events += page.events.filter { $0.status != .cancelled }
            cursor = page.next
        } while cursor != nil && events.count < Self.eventLimit
        return events
    }
}

/// A month of an organizer's events, each on the day it begins where it takes place.
package struct OrganizerMonth: Sendable, Equatable {
    package struct Entry: Sendable, Equatable {
        package var event: Event
        package var title: String
        package var location: String
        /// Epoch seconds.
        package var start: Int64
        package var day: CivilDate
        /// `15:00 (Europe/Berlin)`, or `all day`.
        package var time: String

        init(_ event: Event) {
            let words = EventWords(event)
            (self.event, title, location, start) = (event, words.title, words.location, event.start)
            let zone = event.timeZone.flatMap { TimeZoneRules.named($0) }
            let local = (event.isAllDay ? .utc : zone ?? .utc).local(fromUTC: event.start)
            day = local.date
            time = event.isAllDay ? "all day" : Self.text(local.time, zone == nil ? nil : event.timeZone)
        }

        /// One date of a series.
        init(_ event: Event, _ date: Occurrence) {
            let isOwn = date.event.recurrenceID != nil
            let words = isOwn ? EventWords(event, date: date.event.component) : EventWords(event)
            (self.event, title, location, start) = (event, words.title, words.location, date.startSeconds)
            day = date.start.date
            time = date.start.time.map { Self.text($0, date.start.tzid) } ?? "all day"
        }

        private static func text(_ time: CivilTime, _ zone: String?) -> String {
            func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
            return "\(padded(time.hour)):\(padded(time.minute)) (\(zone ?? "UTC"))"
        }
    }

    package var organizer: EmailAddress
    package var month: CalendarMonth
    package var entries: [Entry]

    package var organizerName: String {
        entries.lazy.compactMap(\.event.organizerName).first ?? organizer.description
    }
}

/// A month of the Gregorian calendar, `2027-01`.
package struct CalendarMonth: Sendable, Equatable, CustomStringConvertible {
    package let year: Int
    package let month: Int

    private init(year: Int, month: Int) {
        self.year = year
        self.month = month
    }

    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count == 4, parts[1].utf8.count == 2, let year = Int(parts[0]),
            let month = Int(parts[1]), (1970...2999).contains(year), (1...12).contains(month)
        else { return nil }
        self.init(year: year, month: month)
    }

    package init(of day: CivilDate) { self.init(year: day.year, month: day.month) }

    package init(containing epoch: Int64) { self.init(of: TimeZoneRules.utc.local(fromUTC: epoch).date) }

    package var description: String { "\(year)-\(month < 10 ? "0" : "")\(month)" }

    package var name: String {
        [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ][month - 1] + " \(year)"
    }

    /// Without the year.
    package var shortName: String { String(name.prefix { $0 != " " }) }

    package var next: CalendarMonth {
        month == 12 ? CalendarMonth(year: year + 1, month: 1) : CalendarMonth(year: year, month: month + 1)
    }

    package var previous: CalendarMonth {
        month == 1 ? CalendarMonth(year: year - 1, month: 12) : CalendarMonth(year: year, month: month - 1)
    }

    /// Every month has a first day.
    var firstDay: CivilDate { CivilDate(year: year, month: month, day: 1) ?? CivilDate(daysSinceEpoch: 0) }

    var days: Int { next.firstDay.daysSinceEpoch - firstDay.daysSinceEpoch }
}

extension CivilDate {
    /// Midnight UTC.
    fileprivate var epoch: Int64 { Int64(daysSinceEpoch) * 86_400 }
}
