import ICalendar
import Scheduling

/// Calls of the API as the messages an organizer's calendar would send, so that the same rules decide on both.
///
/// They repeat the SEQUENCE known and are newer by DTSTAMP alone: the organizer's calendar counts on from its own.
enum APIMessage {
    static let productID = "-//Calendar Invite Server//API 1.0//EN"

    /// A new event.
    static func describing(_ fields: EventFields, uid: String, now: Int64) throws -> OrganizerMessage {
        let blank = Component("VEVENT", properties: [Property("UID", uid), Property("SEQUENCE", "0")])
        var calendar = Component(
            "VCALENDAR", properties: [Property("PRODID", productID), Property("VERSION", "2.0")])
        calendar.components = [stamped(fields.applied(to: blank) ?? blank, at: now)]
        return try OrganizerMessage(CalendarMail(calendar: calendar, method: .publish))
    }

    /// A change of the whole event; nil when its new end is missing. Throws `EventEditing.Failure` too.
    static func changing(
        _ event: Event, _ calendar: Component, by fields: EventFields, now: Int64
    ) throws -> OrganizerMessage? {
        guard let changed = fields.applied(to: try master(of: calendar)) else { return nil }
        var calendar = calendar
        calendar.remove("METHOD")
        // Changed instances that are not mentioned stay as far as the series keeps its times.
        calendar.components.removeAll { $0.name == "VEVENT" }
        calendar.components.append(stamped(changed, of: event, now))
        return try OrganizerMessage(CalendarMail(calendar: calendar, method: .publish))
    }

    static func cancelling(_ event: Event, _ calendar: Component, now: Int64) throws -> OrganizerMessage {
        var calendar = calendar
        calendar.components.removeAll { $0.name == "VEVENT" && $0.first("RECURRENCE-ID") != nil }
        calendar.components = calendar.components.map { $0.name == "VEVENT" ? stamped($0, of: event, now) : $0 }
        return try OrganizerMessage(CalendarMail(calendar: calendar, method: .cancel))
    }

    /// - Parameter instance: its original start in epoch seconds.
    static func cancelling(
        instance: Int64, of event: Event, _ calendar: Component, now: Int64
    ) throws -> OrganizerMessage {
        let series = try master(of: calendar)
        let start = DateValue.utc(epochSeconds: instance)
        let recurrenceID = EventView(series).allDay ? DateValue.date(start.date) : start
        // Above every one the organizer's calendar gave an instance.
        let sequence = calendar.components("VEVENT").compactMap { EventView($0).sequence }.max() ?? 0
        let uid = series.first("UID").map { [$0] } ?? []
        var component = Component(
            "VEVENT",
            properties: uid + [Property("SEQUENCE", String(sequence)), recurrenceID.property("RECURRENCE-ID")])
        if let summary = series.first("SUMMARY") { component.properties.append(summary) }
        var calendar = calendar
        calendar.components.removeAll { $0.name == "VEVENT" }
        calendar.components.append(stamped(component, at: max(now, event.sourceStamp ?? now)))
        return try OrganizerMessage(CalendarMail(calendar: calendar, method: .cancel))
    }

    private static func master(of calendar: Component) throws -> Component {
        guard let master = calendar.components("VEVENT").first(where: { $0.first("RECURRENCE-ID") == nil }) else {
            throw EventEditing.Failure.refused(
                RefusalReason(
                    code: "single-instances",
                    explanation: "Only single dates of a series are known here. Send the whole series first."))
        }
        return master
    }

    private static func stamped(_ component: Component, of event: Event, _ now: Int64) -> Component {
        var component = component
        component.set(Property("SEQUENCE", String(event.sourceSequence)))
        return stamped(component, at: max(now, event.sourceStamp ?? now))
    }

    private static func stamped(_ component: Component, at stamp: Int64) -> Component {
        var component = component
        component.set(DateValue.utc(epochSeconds: stamp).property("DTSTAMP"))
        return component
    }
}
