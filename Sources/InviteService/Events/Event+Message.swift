import ICalendar
import MailMessage
import Scheduling

extension Event {
    /// The head after a message of the organizer.
    ///
    /// - Parameters:
    ///   - known: the head before; nil for a new event.
    ///   - calendar: the name of the stored calendar object.
    ///   - updates: who is told of changes of a new event; a known one keeps its own.
    init(
        after known: Event?, uid: EventUID, _ message: OrganizerMessage, _ series: EventSeries, _ change: SeriesChange,
        calendar: String, organizer: EmailAddress, organizerName: String?, domain: String, messageID: String,
        updates: UpdateAudience, now: Int64
    ) {
        if let known, message.master == nil || change == .cancelled || change == .unchanged {
            // Instances and cancellations leave what lists show as it is.
            self = known
        } else {
            let view = message.view
            self.init(
                uid: uid, organizer: organizer, organizerName: organizerName ?? view.organizer?.commonName,
                originalOrganizer: view.organizer?.email ?? organizer.normalized, domain: domain,
                clientUID: message.uid,
                productID: (message.calendar.first("PRODID")?.text ?? "").cut(toUTF8: Event.lineLimit),
                revision: known?.revision ?? 0, calendar: calendar, sequence: known?.sequence ?? 0,
                answerSequence: known?.answerSequence ?? 0, sourceSequence: 0, sourceStamp: nil, sourceMessage: "",
                status: view.status == "TENTATIVE" ? .tentative : .confirmed, created: known?.created ?? now,
                lastModified: now, summary: (view.summary ?? "").cut(toUTF8: Event.lineLimit),
                description: (view.description ?? "").cut(toUTF8: Event.descriptionLimit),
                location: (view.location ?? "").cut(toUTF8: Event.lineLimit), start: message.start, end: message.end,
                isAllDay: view.allDay, timeZone: view.start?.tzid, recurrence: view.rrule,
                askedInstances: known?.askedInstances ?? [:],
                updates: known?.updates ?? updates, changes: known?.changes ?? [],
                spreadRevision: known?.spreadRevision ?? 1)
        }
        self.calendar = calendar
        lastEnd = series.lastEnd ?? end
        sourceSequence = series.version.sequence
        sourceStamp = series.version.stamp
        sourceMessage = messageID
        // Where nobody need be told, nothing new is to be sent either.
        guard change != .unchanged else { return }
        revision += 1
        lastModified = now
        if revision > 1 {
            changes = (changes + [EventChange(revision: revision, scope: .of(change, message))]).suffix(
                EventChange.limit)
        }
        switch change {
        case .updated(asksAgain: true):
            sequence += 1
            answerSequence = sequence
            askedInstances = [:]
        case .instances(let instances):
            sequence += 1
            askAgain(about: instances)
        case .cancelled:
            sequence += 1
            status = .cancelled
        case .created, .updated(asksAgain: false), .unchanged, .outdated, .unknownEvent, .unknownInstance: break
        }
    }
}

extension Event {
    /// Answers to instances that were moved no longer hold (RFC 5546 section 2.1.4).
    fileprivate mutating func askAgain(about instances: [InstanceChange]) {
        for instance in instances where instance.kind == .changed(asksAgain: true) {
            askedInstances[instance.instance] = sequence
        }
        let surplus = askedInstances.count - Self.askedLimit
        guard surplus > 0 else { return }
        for (instance, _) in askedInstances.sorted(by: { ($0.value, $0.key) < ($1.value, $1.key) }).prefix(surplus) {
            askedInstances[instance] = nil
        }
    }
}

extension EventChange.Scope {
    /// An added instance is a change of the whole series: attendees' copies have no such instance to be changed. So are
    /// one left out by the series itself, and a series cut short.
    fileprivate static func of(_ change: SeriesChange, _ message: OrganizerMessage) -> EventChange.Scope {
        guard case .instances(let instances) = change, message.action != .add,
            instances.count <= EventChange.instanceLimit
        else { return .whole }
        var (changed, cancelled): (Set<Int64>, Set<Int64>) = ([], [])
        for instance in instances {
            switch instance.kind {
            case .changed: changed.insert(instance.instance)
            case .cancelled: cancelled.insert(instance.instance)
            case .leftOut, .cancelledFromHere: return .whole
            }
        }
        return .instances(changed: changed, cancelled: cancelled)
    }
}
