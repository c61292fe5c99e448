import ICalendar
import MailMessage
import Scheduling

extension Event {
    /// The head after a message of the organizer.
    ///
    /// - Parameters:
    ///   - known: the head before; nil for a new event.
    ///   - calendar: the name of the stored calendar object.
    init(
        after known: Event?, uid: EventUID, _ message: OrganizerMessage, _ series: EventSeries, _ change: SeriesChange,
        calendar: String, organizer: EmailAddress, organizerName: String?, domain: String, messageID: String, now: Int64
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
                isAllDay: view.allDay, timeZone: view.start?.tzid, recurrence: view.rrule)
        }
        self.calendar = calendar
        sourceSequence = series.version.sequence
        sourceStamp = series.version.stamp
        sourceMessage = messageID
        // Where nobody need be told, nothing new is to be sent either.
        guard change != .unchanged else { return }
        revision += 1
        lastModified = now
        switch change {
        case .updated(asksAgain: true):
            sequence += 1
            answerSequence = sequence
        case .instances: sequence += 1
        case .cancelled:
            sequence += 1
            status = .cancelled
        case .created, .updated(asksAgain: false), .unchanged, .outdated, .unknownEvent, .unknownInstance: break
        }
    }
}
