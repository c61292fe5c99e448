import ICalendar

/// The calendar of one event, edited as its organizer's messages say.
struct SeriesCalendar {
    private(set) var calendar: Component
    private var zones: ZoneResolver
    /// The components of changed instances, by their original start.
    private var positions: [Int64: Int] = [:]
    /// The instances that the master gives; kept, since a message may ask for many.
    private var instances: RecurrenceSet?

    init(_ calendar: Component) {
        self.calendar = calendar
        zones = ZoneResolver(calendar: calendar)
        findPositions()
    }

    private mutating func findPositions() {
        positions = [:]
        for (position, component) in calendar.components.enumerated() where component.name == "VEVENT" {
            if let key = key(component), positions[key] == nil { positions[key] = position }
        }
    }

    private var events: [Component] { calendar.components("VEVENT") }

    var master: Component? { events.first { $0.first("RECURRENCE-ID") == nil } }

    private func key(_ component: Component) -> Int64? {
        EventView(component).recurrenceID.flatMap { zones.epochSeconds($0) }
    }

    private func index(of instance: Int64) -> Int? {
        positions[instance]
    }

    func version(of instance: Int64) -> MessageVersion? {
        index(of: instance).map { MessageVersion(EventView(calendar.components[$0]), zones) }
    }

    /// Whether the series has an instance there. Where only single instances of a series are known, each is possible.
    mutating func hasInstance(_ instance: OrganizerMessage.Instance) -> Bool {
        hasInstance(instance.key, instance.recurrenceID)
    }

    private mutating func hasInstance(_ key: Int64, _ recurrenceID: DateValue) -> Bool {
        guard index(of: key) == nil, let master else { return true }
        instances = instances ?? RecurrenceSet(master: EventView(master), zones: zones)
        return instances?.contains(recurrenceID) ?? true
    }

    /// Whether an attendee may answer for that instance: there is one, and it was not cancelled.
    mutating func expectsAnswer(to instance: AttendeeMessage.Instance) -> Bool {
        if let index = index(of: instance.key) { return !Self.isCancelled(calendar.components[index]) }
        return hasInstance(instance.key, instance.recurrenceID)
    }

    /// The calendar after a message about the whole event. Instances the message does not mention stay when the
    /// series keeps its times; otherwise they would be changes of instances that are no longer there.
    func replaced(by message: OrganizerMessage) -> Component {
        var next = SeriesCalendar(message.calendar)
        let leftOut = instancesLeftOut(by: next)
        guard leftOut != nil || master == nil else { return next.calendar }
        for event in events {
            guard let instance = EventView(event).recurrenceID, let key = key(event), next.index(of: key) == nil else {
                continue
            }
            let isThere = leftOut.map { !$0.contains(key) } ?? next.hasInstance(key, instance)
            if isThere || Self.isCancelled(event) { next.insert(event, from: calendar) }
        }
        return next.calendar
    }

    /// The instances, by their original start, that the master of the other leaves out (EXDATE) and this one's does not,
    /// if that is all that changed of the series' times; nil if more did.
    private func instancesLeftOut(by next: SeriesCalendar) -> Set<Int64>? {
        guard let old = master, let new = next.master else { return nil }
        return Schedule(old, zones).instancesLeftOut(by: Schedule(new, next.zones)).map { moments in
            Set(moments.compactMap(\.epochSeconds))
        }
    }

    /// The name that the series has for an instance: of a series of whole days Outlook names it by a midnight.
    ///
    /// - Returns: nil where the given one is of the right kind.
    func name(_ recurrenceID: DateValue) -> (value: DateValue, key: Int64)? {
        guard let master, EventView(master).start?.isDate == true, !recurrenceID.isDate else { return nil }
        var value = DateValue.date(recurrenceID.date)
        if case .utc = recurrenceID {
            // A midnight of some zone, which is at most half a day from that of the date.
            value = .date(recurrenceID.adding(days: 0, seconds: 43_200).date)
        }
        return zones.epochSeconds(value).map { (value, $0) }
    }

    func named(_ instance: OrganizerMessage.Instance) -> OrganizerMessage.Instance {
        guard let (value, key) = name(instance.recurrenceID) else { return instance }
        var named = instance
        var property = value.property("RECURRENCE-ID")
        if instance.coversFuture { property.parameters.append(ContentParameter("RANGE", "THISANDFUTURE")) }
        named.component.set(property)
        (named.recurrenceID, named.key) = (value, key)
        return named
    }

    /// Puts a changed or cancelled instance in; nil when nothing attendees see is different.
    ///
    /// - Parameter sourceZones: those of the calendar it comes from.
    mutating func apply(
        _ instance: OrganizerMessage.Instance, from source: Component, _ sourceZones: ZoneResolver
    ) -> InstanceChange.Kind? {
        if instance.isCancelled, instance.coversFuture { return cutOff(from: instance) }
        var component = instance.component
        if instance.isCancelled { component.set(Property("STATUS", "CANCELLED")) }
        let old = index(of: instance.key).map { calendar.components[$0] }
        if let index = index(of: instance.key) {
            calendar.components[index] = component
            addZones(of: source)
        } else {
            insert(component, from: source)
        }
        if instance.isCancelled { return old.map(Self.isCancelled) == true ? nil : .cancelled }
        guard let old else { return .changed(asksAgain: moves(component, instance.key, sourceZones)) }
        if Schedule(old, zones) != Schedule(component, sourceZones) { return .changed(asksAgain: true) }
        return WordingText.of(old) == WordingText.of(component) ? nil : .changed(asksAgain: false)
    }

    static func isCancelled(_ event: Component) -> Bool { EventView(event).status == "CANCELLED" }

    /// Adds what METHOD:ADD brings as a date of the series with a component of its own; nil when it was there.
    mutating func add(_ message: OrganizerMessage) -> Int64? {
        guard let start = EventView(message.subject).start, let instance = zones.epochSeconds(start),
            index(of: instance) == nil, let masterIndex = calendar.components.firstIndex(where: { $0 == master })
        else { return nil }
        calendar.components[masterIndex].properties.append(start.property("RDATE"))
        instances = nil
        var component = message.subject
        component.set(start.property("RECURRENCE-ID"))
        insert(component, from: message.calendar)
        return instance
    }

    /// Ends the series before an instance: UNTIL, and nothing that lies behind it.
    private mutating func cutOff(from instance: OrganizerMessage.Instance) -> InstanceChange.Kind? {
        guard let masterIndex = calendar.components.firstIndex(where: { $0 == master }) else { return nil }
        let zones = zones
        func isBefore(_ value: DateValue) -> Bool { zones.epochSeconds(value).map { $0 < instance.key } ?? true }
        var series = calendar.components[masterIndex]
        if let rule = series.first("RRULE"), var parsed = RecurrenceRule(rule.value) {
            parsed.end = .until(Self.lastMoment(before: instance))
            series.set(Property("RRULE", parsed.text, parameters: rule.parameters))
        }
        for name in ["RDATE", "EXDATE"] {
            let kept = series.all(name).flatMap { DateValue.list($0) }.filter(isBefore)
            series.remove(name)
            series.properties += kept.map { $0.property(name) }
        }
        calendar.components[masterIndex] = series
        instances = nil
        calendar.components.removeAll { event in
            event.name == "VEVENT" && (EventView(event).recurrenceID.map { !isBefore($0) } ?? false)
        }
        findPositions()
        return .cancelledFromHere
    }

    /// UNTIL is a date where DTSTART is one, else in UTC (RFC 5545 section 3.3.10).
    private static func lastMoment(before instance: OrganizerMessage.Instance) -> DateValue {
        if case .date(let date) = instance.recurrenceID { return .date(date.adding(days: -1)) }
        return .utc(epochSeconds: instance.key - 1)
    }

    /// Whether an instance that had no component of its own is now at another time or of another length.
    private func moves(_ instance: Component, _ key: Int64, _ instanceZones: ZoneResolver) -> Bool {
        let view = EventView(instance)
        guard let start = view.start.flatMap({ instanceZones.epochSeconds($0) }), start == key else { return true }
        guard let master, let length = EventSpan.seconds(of: EventView(master), zones) else { return true }
        return EventSpan.seconds(of: view, instanceZones) != length
    }

    private mutating func insert(_ event: Component, from source: Component) {
        calendar.components.append(event)
        if let key = key(event), positions[key] == nil { positions[key] = calendar.components.count - 1 }
        addZones(of: source)
    }

    /// A component brought along may be in a zone that the calendar does not define yet.
    private mutating func addZones(of source: Component) {
        let known = Set(calendar.components("VTIMEZONE").compactMap { $0.first("TZID")?.text })
        let new = source.components("VTIMEZONE").filter { zone in
            zone.first("TZID").map { !known.contains($0.text) } ?? false
        }
        guard !new.isEmpty else { return }
        calendar.components.insert(contentsOf: new.reversed(), at: 0)
        zones = ZoneResolver(calendar: calendar)
        findPositions()
    }

    /// What attendees have to be told when this calendar becomes the other.
    func change(to next: SeriesCalendar) -> SeriesChange {
        guard let leftOut = instancesLeftOut(by: next) else { return .updated(asksAgain: true) }
        let changes = instanceChanges(to: next)
        // Those cancelled one by one before are news to nobody.
        let newlyLeftOut = leftOut.filter { index(of: $0).map { Self.isCancelled(calendar.components[$0]) } != true }
        if !newlyLeftOut.isEmpty {
            return .instances(
                changes + newlyLeftOut.sorted().map { InstanceChange(instance: $0, kind: .leftOut) })
        }
        if master.map(WordingText.of) == next.master.map(WordingText.of) {
            return changes.isEmpty ? .unchanged : .instances(changes)
        }
        // The whole series is sent again with its instances; a moved instance among them asks again.
        return .updated(asksAgain: changes.contains { $0.kind != .changed(asksAgain: false) })
    }

    private func instanceChanges(to next: SeriesCalendar) -> [InstanceChange] {
        next.events.compactMap { event in
            guard let key = next.key(event) else { return nil }
            let old = index(of: key).map { calendar.components[$0] }
            if Self.isCancelled(event) {
                return old.map(Self.isCancelled) == true ? nil : InstanceChange(instance: key, kind: .cancelled)
            }
            guard let old else {
                return InstanceChange(instance: key, kind: .changed(asksAgain: next.moves(event, key, next.zones)))
            }
            if Schedule(old, zones) != Schedule(event, next.zones) {
                return InstanceChange(instance: key, kind: .changed(asksAgain: true))
            }
            if WordingText.of(old) != WordingText.of(event) {
                return InstanceChange(instance: key, kind: .changed(asksAgain: false))
            }
            return nil
        }
    }
}
