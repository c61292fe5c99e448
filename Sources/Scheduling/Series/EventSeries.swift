import ICalendar

/// An event as its organizer has described it so far: the single event, or the series with its changed instances.
///
/// A cancelled instance stays in the calendar as a component with STATUS:CANCELLED, so that its SEQUENCE and DTSTAMP
/// keep an older message from bringing it back.
package struct EventSeries: Sendable, Equatable {
    /// The VCALENDAR: time zones, the event or series, changed and cancelled instances.
    package var calendar: Component
    /// Of the latest message about the whole event.
    package var version: MessageVersion
    package var isCancelled: Bool

    package init(calendar: Component, version: MessageVersion, isCancelled: Bool) {
        self.calendar = calendar
        self.version = version
        self.isCancelled = isCancelled
    }

    /// What a message makes of what is known, and what that changes. nil stands for an event that is not there.
    package static func receive(
        _ message: OrganizerMessage, in known: EventSeries?
    ) -> (series: EventSeries?, change: SeriesChange) {
        guard let known else {
            guard message.action == .describe else { return (nil, .unknownEvent) }
            let series = EventSeries(calendar: message.calendar, version: message.version, isCancelled: false)
            return (series, .created)
        }
        if message.action == .add { return known.adding(message) }
        return message.master == nil ? known.changingInstances(message) : known.replacedWhole(message)
    }

    private func replacedWhole(_ message: OrganizerMessage) -> (EventSeries?, SeriesChange) {
        guard mayFollow(message) else { return (self, .outdated) }
        var next = self
        next.version = message.version
        if message.action == .cancel {
            next.isCancelled = true
            return (next, isCancelled ? .unchanged : .cancelled)
        }
        next.calendar = SeriesCalendar(calendar).replaced(by: message)
        if isCancelled {
            // Clients restore an event with a higher SEQUENCE, or invite a guest again whom they had taken off the list
            // by a later message with the same one.
            guard message.version.isLater(than: version) else { return (self, .outdated) }
            next.isCancelled = false
            return (next, .updated(asksAgain: true))
        }
        return (next, SeriesCalendar(calendar).change(to: SeriesCalendar(next.calendar)))
    }

    /// Where only single instances are known, theirs is no SEQUENCE of the series: each counts for itself.
    private func mayFollow(_ message: OrganizerMessage) -> Bool {
        guard SeriesCalendar(calendar).master == nil else { return message.version.mayFollow(version) }
        guard let stamp = message.version.stamp, let known = version.stamp else { return true }
        return stamp >= known
    }

    private func changingInstances(_ message: OrganizerMessage) -> (EventSeries?, SeriesChange) {
        guard !isCancelled else { return (self, .outdated) }
        var changed = SeriesCalendar(calendar)
        var changes: [InstanceChange] = []
        let zones = ZoneResolver(calendar: message.calendar)
        for instance in message.instances.map(changed.named) {
            let known = changed.version(of: instance.key) ?? (changed.master == nil ? nil : version)
            guard known.map(instance.version.mayFollow) != false else { continue }
            guard changed.hasInstance(instance) else {
                return (self, .unknownInstance(instance.recurrenceID.text))
            }
            if let kind = changed.apply(instance, from: message.calendar, zones) {
                changes.append(InstanceChange(instance: instance.key, kind: kind))
            }
        }
        var next = self
        next.calendar = changed.calendar
        if changes.isEmpty { return (next, next.calendar == calendar ? .outdated : .unchanged) }
        return (next, .instances(changes))
    }

    /// METHOD:ADD gives the series further instances (RFC 5546 section 3.2.4).
    private func adding(_ message: OrganizerMessage) -> (EventSeries?, SeriesChange) {
        guard !isCancelled, message.version.sequence > version.sequence else { return (self, .outdated) }
        var changed = SeriesCalendar(calendar)
        guard let instance = changed.add(message) else { return (self, .unchanged) }
        var next = self
        next.calendar = changed.calendar
        next.version = message.version
        return (next, .instances([InstanceChange(instance: instance, kind: .changed(asksAgain: true))]))
    }
}
