import ICalendar

/// What an organizer's calendar client says about one of their events.
package struct OrganizerMessage: Sendable {
    package enum Action: Sendable, Equatable {
        /// REQUEST, PUBLISH or no METHOD: this is the event now.
        case describe
        /// CANCEL, or any of those of an event whose STATUS is CANCELLED.
        case cancel
        /// ADD: further instances of a series.
        case add
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
        case unusableRecurrenceID(value: String)
    }

    /// One instance of a series (RFC 5545 section 3.8.4.4).
    package struct Instance: Sendable {
        package var component: Component
        package var recurrenceID: DateValue
        /// The RECURRENCE-ID in epoch seconds.
        package var key: Int64
        /// RANGE=THISANDFUTURE.
        package var coversFuture: Bool
        package var isCancelled: Bool
        package var version: MessageVersion
    }

    package var action: Action
    /// METHOD:REQUEST, which asks for an answer; PUBLISH does not.
    package var isInvitation: Bool
    package var calendar: Component
    /// The component without RECURRENCE-ID: the event or the whole series; nil when the message is about single
    /// instances only.
    package var master: Component?
    package var instances: [Instance]
    package var uid: String
    /// Of the whole event, or of the first instance where there is nothing else.
    package var version: MessageVersion
    /// Epoch seconds; dates count as midnight UTC.
    package var start: Int64
    package var end: Int64

    /// What the event looks like in a list.
    package var subject: Component
    package var view: EventView { EventView(subject) }

    package init(_ mail: CalendarMail) throws(Failure) {
        switch mail.method {
        case .request, .publish, nil: action = .describe
        case .cancel: action = .cancel
        case .add: action = .add
        case .some(let method): throw .unsupportedMethod(method)
        }
        isInvitation = mail.method == .request
        calendar = WholeDays.inDates(mail.calendar)
        let events = calendar.components("VEVENT")
        let uids = Set(events.compactMap { $0.first("UID")?.value })
        guard let uid = uids.first, !uid.isEmpty else { throw .missingUID }
        guard uids.count == 1 else { throw .severalEvents(count: uids.count) }
        self.uid = uid
        let zones = ZoneResolver(calendar: calendar)
        master = events.first { $0.first("RECURRENCE-ID") == nil }
        instances = []
        for event in events where event.first("RECURRENCE-ID") != nil {
            instances.append(try Instance(event, isCancelled: action == .cancel, zones))
        }
        guard let subject = master ?? instances.first?.component else { throw .missingUID }
        self.subject = subject
        let view = EventView(subject)
        version = MessageVersion(view, zones)
        if master != nil, view.status == "CANCELLED" { action = .cancel }
        guard let startProperty = subject.first("DTSTART") else {
            // A CANCEL need not say when the event was (RFC 5546 section 3.2.5).
            guard action == .cancel || instances.first?.isCancelled == true else { throw .missingStart }
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

extension OrganizerMessage.Instance {
    init(_ event: Component, isCancelled: Bool, _ zones: ZoneResolver) throws(OrganizerMessage.Failure) {
        let view = EventView(event)
        guard let recurrenceID = view.recurrenceID, let key = zones.epochSeconds(recurrenceID) else {
            throw .unusableRecurrenceID(value: event.first("RECURRENCE-ID")?.value ?? "")
        }
        self.init(
            component: event, recurrenceID: recurrenceID, key: key, coversFuture: view.coversFuture,
            isCancelled: isCancelled || view.status == "CANCELLED", version: MessageVersion(view, zones))
    }
}

extension MessageVersion {
    init(_ event: EventView, _ zones: ZoneResolver) {
        self.init(sequence: event.revision, stamp: event.dtstamp.flatMap { zones.epochSeconds($0) })
    }
}
