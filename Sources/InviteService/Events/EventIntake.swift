import ICalendar
import MailMessage
import Scheduling
import SigV4

/// Turns an organizer's mail into an event, a change of one, or an answer that says what was wrong.
package struct EventIntake: Sendable {
    package struct Ports: Sendable {
        /// The message that SES stored; nil when it is not there.
        package var readMail: @Sendable (_ messageID: String) async throws -> [UInt8]?
        package var readEvent: @Sendable (EventUID) async throws -> Event?
        /// `name` is `Event.calendar`.
        package var writeCalendar: @Sendable (EventUID, _ name: String, [UInt8]) async throws -> Void
        /// Writes the head if the stored revision is still the given one (nil: if there is none); says whether it did.
        package var writeEvent: @Sendable (Event, _ replacing: Int?) async throws -> Bool
        package var notify: @Sendable (Notice) async throws -> Void
        /// Epoch seconds.
        package var now: @Sendable () -> Int64

        package init(
            readMail: @escaping @Sendable (_ messageID: String) async throws -> [UInt8]?,
            readEvent: @escaping @Sendable (EventUID) async throws -> Event?,
            writeCalendar: @escaping @Sendable (EventUID, _ name: String, [UInt8]) async throws -> Void,
            writeEvent: @escaping @Sendable (Event, _ replacing: Int?) async throws -> Bool,
            notify: @escaping @Sendable (Notice) async throws -> Void,
            now: @escaping @Sendable () -> Int64
        ) {
            self.readMail = readMail
            self.readEvent = readEvent
            self.writeCalendar = writeCalendar
            self.writeEvent = writeEvent
            self.notify = notify
            self.now = now
        }
    }

    package enum Outcome: Sendable, Equatable {
        case created(EventUID)
        case updated(EventUID, revision: Int)
        case cancelled(EventUID)
        /// Delivered before; nothing changed.
        case repeated(EventUID)
        case outdated(EventUID)
        case refused(code: String)
        /// Not answered, because the sender is not proven or the mail is harmful or automatic.
        case ignored(reason: String)
    }

    package enum Failure: Error, Sendable, Equatable {
        case mailNotStored(messageID: String)
        /// Another message about the same event kept winning.
        case contention(EventUID)
    }

    private let ports: Ports
    private let addresses: MailAddresses
    private let secret: ServiceSecret

    package init(ports: Ports, addresses: MailAddresses, secret: ServiceSecret) {
        self.ports = ports
        self.addresses = addresses
        self.secret = secret
    }

    package func receive(messageID: String, verdicts: SenderAuthentication.Verdicts) async throws -> Outcome {
        guard let bytes = try await ports.readMail(messageID) else {
            throw Failure.mailNotStored(messageID: messageID)
        }
        let mail = MailParser.parse(bytes)
        switch SenderAuthentication.of(mail, verdicts: verdicts) {
        case .harmful: return .ignored(reason: "spam or virus")
        // Answering an unproven sender would send mail to whoever was impersonated.
        case .unproven: return .ignored(reason: "sender not authenticated")
        case .authenticated(let organizer): return try await receive(mail, from: organizer, messageID: messageID)
        }
    }

    private func receive(_ mail: ParsedMail, from organizer: EmailAddress, messageID: String) async throws -> Outcome {
        func refuse(_ reason: RefusalReason) async throws -> Outcome {
            guard !mail.isAutomaticAnswer else { return .ignored(reason: "automatic mail, \(reason.code)") }
            try await ports.notify(notice(.refused(reason), mail, organizer, messageID))
            return .refused(code: reason.code)
        }
        let message: OrganizerMessage
        do {
            message = try OrganizerMessage(CalendarMail(mail))
        } catch let failure as CalendarMail.Failure {
            return try await refuse(RefusalReason(failure))
        } catch let failure as OrganizerMessage.Failure {
            return try await refuse(RefusalReason(failure))
        }
        let uid = EventUID(organizer: organizer, clientUID: message.uid, secret: secret.eventUIDKey)
        let calendar = ICalendar.serialize(message.calendar)
        // A write that loses to another message about the event is decided again on what that one left.
        for _ in 0..<5 {
            let known = try await ports.readEvent(uid)
            let schedule = SHA256.hex(Array(ScheduleText.of(message.calendar).utf8))
            let decision = EventDecision.decide(
                state: known?.state, action: message.action, sequence: message.sequence, stamp: message.stamp,
                message: messageID, schedule: schedule)
            switch decision {
            case .outdated: return .outdated(uid)
            case .nothingToCancel: return try await refuse(.nothingToCancel)
            case .repeated:
                // The first delivery may have ended before it told the organizer; notices are sent once by their id.
                if known?.revision == 1, known?.sourceMessage == messageID {
                    try await ports.notify(
                        notice(.created(uid, invited: message.isInvitation), mail, organizer, messageID))
                }
                return .repeated(uid)
            case .create, .update, .cancel: break
            }
            let next = changed(
                known, uid, by: decision, message, schedule: schedule, calendar: SHA256.hex(calendar),
                organizer: organizer, organizerName: mail.from.first?.name, messageID: messageID)
            if decision != .cancel { try await ports.writeCalendar(uid, next.calendar, calendar) }
            guard try await ports.writeEvent(next, known?.revision) else { continue }
            switch decision {
            case .create:
                try await ports.notify(notice(.created(uid, invited: message.isInvitation), mail, organizer, messageID))
                return .created(uid)
            case .cancel: return .cancelled(uid)
            default: return .updated(uid, revision: next.revision)
            }
        }
        throw Failure.contention(uid)
    }

    private func notice(
        _ kind: Notice.Kind, _ mail: ParsedMail, _ organizer: EmailAddress, _ messageID: String
    ) -> Notice {
        Notice(
            kind: kind, organizer: organizer, message: messageID, subject: mail.subject?.cut(toUTF8: 500),
            inReplyTo: mail.messageID.flatMap { $0.utf8.count <= 500 ? $0 : nil })
    }

    private func changed(
        _ known: Event?, _ uid: EventUID, by decision: EventDecision, _ message: OrganizerMessage, schedule: String,
        calendar: String, organizer: EmailAddress, organizerName: String?, messageID: String
    ) -> Event {
        let now = ports.now()
        if decision == .cancel, var event = known {
            event.revision += 1
            event.sequence += 1
            event.sourceSequence = message.sequence
            event.sourceStamp = message.stamp
            event.sourceMessage = messageID
            event.status = .cancelled
            event.lastModified = now
            return event
        }
        let view = message.view
        let asksAgain = decision == .update(asksAgain: true)
        return Event(
            uid: uid, organizer: organizer,
            organizerName: organizerName ?? view.organizer?.commonName,
            originalOrganizer: view.organizer?.email ?? organizer.normalized, domain: addresses.domain,
            clientUID: message.uid,
            productID: (message.calendar.first("PRODID")?.text ?? "").cut(toUTF8: Event.lineLimit),
            revision: (known?.revision ?? 0) + 1, calendar: calendar,
            sequence: (known?.sequence ?? 0) + (asksAgain ? 1 : 0),
            sourceSequence: message.sequence, sourceStamp: message.stamp, sourceMessage: messageID, schedule: schedule,
            status: view.status?.uppercased() == "TENTATIVE" ? .tentative : .confirmed,
            created: known?.created ?? now, lastModified: now,
            summary: (view.summary ?? "").cut(toUTF8: Event.lineLimit),
            description: (view.description ?? "").cut(toUTF8: Event.descriptionLimit),
            location: (view.location ?? "").cut(toUTF8: Event.lineLimit),
            start: message.start, end: message.end, isAllDay: view.allDay, timeZone: view.start?.tzid,
            recurrence: view.rrule)
    }
}

extension ParsedMail {
    /// Marks of mail that must not be answered (RFC 3834 section 2). `auto-generated` is none of them here: calendar
    /// servers write it on the invitations their users send.
    fileprivate var isAutomaticAnswer: Bool {
        autoSubmitted == "auto-replied" || root.contentType.mediaType == "multipart/report"
    }
}

extension Event {
    fileprivate var state: EventState {
        EventState(
            sequence: sourceSequence, stamp: sourceStamp, message: sourceMessage, isCancelled: status == .cancelled,
            schedule: schedule)
    }
}
