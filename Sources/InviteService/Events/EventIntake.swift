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
        /// The calendar object behind a head.
        package var readCalendar: @Sendable (Event) async throws -> [UInt8]
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
            readCalendar: @escaping @Sendable (Event) async throws -> [UInt8],
            writeCalendar: @escaping @Sendable (EventUID, _ name: String, [UInt8]) async throws -> Void,
            writeEvent: @escaping @Sendable (Event, _ replacing: Int?) async throws -> Bool,
            notify: @escaping @Sendable (Notice) async throws -> Void,
            now: @escaping @Sendable () -> Int64
        ) {
            self.readMail = readMail
            self.readEvent = readEvent
            self.readCalendar = readCalendar
            self.writeCalendar = writeCalendar
            self.writeEvent = writeEvent
            self.notify = notify
            self.now = now
        }
    }

    package enum Outcome: Sendable, Equatable {
        case created(EventUID)
        case updated(EventUID, revision: Int, SeriesChange)
        case cancelled(EventUID)
        /// A message that says what is known already.
        case unchanged(EventUID)
        /// Delivered before; nothing changed.
        case repeated(EventUID)
        case outdated(EventUID)
        case refused(code: String)
        /// Not answered, because the sender is not proven or the mail is harmful or automatic.
        case ignored(reason: String)
    }

    package enum Failure: Error, Sendable, Equatable {
        case mailNotStored(messageID: String)
        case calendarNotStored(EventUID)
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
        // A write that loses to another message about the event is decided again on what that one left.
        for _ in 0..<5 {
            let known = try await ports.readEvent(uid)
            if let known, known.sourceMessage == messageID {
                // The first delivery may have ended before it told the organizer; notices are sent once by their id.
                if known.revision == 1 { try await ports.notify(created(uid, message, mail, organizer, messageID)) }
                return .repeated(uid)
            }
            let (series, change) = EventSeries.receive(message, in: try await self.series(of: known))
            switch change {
            case .outdated: return .outdated(uid)
            case .unknownEvent: return try await refuse(.unknownEvent(message.action))
            case .unknownInstance(let instance): return try await refuse(.unknownInstance(instance))
            case .created, .updated, .instances, .cancelled, .unchanged: break
            }
            guard let series else { return .outdated(uid) }
            let calendar = ICalendar.serialize(series.calendar)
            let next = Event(
                after: known, uid: uid, message, series, change, calendar: SHA256.hex(calendar), organizer: organizer,
                organizerName: mail.from.first?.name, domain: addresses.domain, messageID: messageID, now: ports.now())
            if next.calendar != known?.calendar { try await ports.writeCalendar(uid, next.calendar, calendar) }
            guard try await ports.writeEvent(next, known?.revision) else { continue }
            switch change {
            case .created:
                try await ports.notify(created(uid, message, mail, organizer, messageID))
                return .created(uid)
            case .cancelled: return .cancelled(uid)
            case .unchanged: return .unchanged(uid)
            default: return .updated(uid, revision: next.revision, change)
            }
        }
        throw Failure.contention(uid)
    }

    /// What is known of an event, as its organizer described it.
    private func series(of event: Event?) async throws -> EventSeries? {
        guard let event else { return nil }
        guard let calendar = ICalendar.parse(try await ports.readCalendar(event)).calendars.first else {
            throw Failure.calendarNotStored(event.uid)
        }
        return EventSeries(
            calendar: calendar, version: MessageVersion(sequence: event.sourceSequence, stamp: event.sourceStamp),
            isCancelled: event.status == .cancelled)
    }

    private func created(
        _ uid: EventUID, _ message: OrganizerMessage, _ mail: ParsedMail, _ organizer: EmailAddress,
        _ messageID: String
    ) -> Notice {
        notice(.created(uid, invited: message.isInvitation), mail, organizer, messageID)
    }

    private func notice(
        _ kind: Notice.Kind, _ mail: ParsedMail, _ organizer: EmailAddress, _ messageID: String
    ) -> Notice {
        Notice(
            kind: kind, organizer: organizer, message: messageID, subject: mail.subject?.cut(toUTF8: 500),
            inReplyTo: mail.messageID.flatMap { $0.utf8.count <= 500 ? $0 : nil })
    }
}

extension ParsedMail {
    /// Marks of mail that must not be answered (RFC 3834 section 2). `auto-generated` is none of them here: calendar
    /// servers write it on the invitations their users send.
    fileprivate var isAutomaticAnswer: Bool {
        autoSubmitted == "auto-replied" || root.contentType.mediaType == "multipart/report"
    }
}
