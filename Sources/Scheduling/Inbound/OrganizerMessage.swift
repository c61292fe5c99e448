import ICalendar

/// What an organizer's calendar client says about one of their events.
package struct OrganizerMessage: Sendable {
    package enum Action: Sendable, Equatable {
        /// REQUEST, PUBLISH or no METHOD: this is the event now.
        case describe
        /// CANCEL, or any of those of an event whose STATUS is CANCELLED.
        case cancel
    }

    package enum Failure: Error, Sendable, Equatable {
        /// A method organizers do not send to a server that holds the event (REPLY, COUNTER, REFRESH …).
        case unsupportedMethod(Method)
        case missingUID
        case severalEvents(count: Int)
        case missingStart
        case unusableStart(value: String)
        /// DTEND or DURATION.
        case unusableEnd(value: String)
        case unusableRule(value: String)
        case unknownTimeZone(String)
        case endsBeforeStart
        /// Cancels or changes one instance of a series only.
        case instanceOnly
    }

    package var action: Action
    /// METHOD:REQUEST, which asks for an answer; PUBLISH does not.
    package var isInvitation: Bool
    package var calendar: Component
    /// The component without RECURRENCE-ID: the event or the whole series.
    package var master: Component
    package var view: EventView
    package var uid: String
    package var sequence: Int
    /// DTSTAMP in epoch seconds.
    package var stamp: Int64?
    /// Epoch seconds; dates count as midnight UTC.
    package var start: Int64
    package var end: Int64

    package init(_ mail: CalendarMail) throws(Failure) {
        switch mail.method {
        case .request, .publish, nil: action = .describe
        case .cancel: action = .cancel
        case .some(let method): throw .unsupportedMethod(method)
        }
        isInvitation = mail.method == .request
        calendar = mail.calendar
        let events = mail.events
        let uids = Set(events.compactMap { $0.first("UID")?.value })
        guard let uid = uids.first, !uid.isEmpty else { throw .missingUID }
        guard uids.count == 1 else { throw .severalEvents(count: uids.count) }
        self.uid = uid
        guard let master = events.first(where: { $0.first("RECURRENCE-ID") == nil }) else { throw .instanceOnly }
        self.master = master
        view = EventView(master)
        if view.status == "CANCELLED" { action = .cancel }
        sequence = max(0, view.sequence ?? 0)
        let zones = ZoneResolver(calendar: mail.calendar)
        stamp = view.dtstamp.flatMap { zones.epochSeconds($0) }
        guard let startProperty = master.first("DTSTART") else {
            // A CANCEL need not say when the event was (RFC 5546 section 3.2.5).
            guard action == .cancel else { throw .missingStart }
            start = 0
            end = 0
            return
        }
        guard let startValue = view.start else { throw .unusableStart(value: startProperty.value) }
        if let rule = view.rrule, view.recurrenceRule == nil { throw .unusableRule(value: rule) }
        start = try Self.seconds(startValue, zones)
        end = try Self.end(of: view, startingAt: startValue, seconds: start, zones)
    }

    private static func end(
        of view: EventView, startingAt startValue: DateValue, seconds start: Int64, _ zones: ZoneResolver
    ) throws(Failure) -> Int64 {
        let master = view.component
        if let property = master.first("DTEND"), !property.value.isEmpty {
            guard let value = view.end else { throw .unusableEnd(value: property.value) }
            let end = try seconds(value, zones)
            guard end >= start else { throw .endsBeforeStart }
            return end
        }
        if let property = master.first("DURATION"), !property.value.isEmpty {
            guard let duration = view.duration else { throw .unusableEnd(value: property.value) }
            let end = try seconds(startValue.adding(days: duration.days), zones) + Int64(duration.seconds)
            guard end >= start else { throw .endsBeforeStart }
            return end
        }
        // Without either, a date lasts the day and a time is a moment (RFC 5545 section 3.6.1).
        return view.allDay ? start + 86_400 : start
    }

    private static func seconds(_ value: DateValue, _ zones: ZoneResolver) throws(Failure) -> Int64 {
        if let seconds = zones.epochSeconds(value) { return seconds }
        if case .zoned(_, _, let tzid) = value { throw .unknownTimeZone(tzid) }
        throw .unusableStart(value: "\(value)")
    }
}
