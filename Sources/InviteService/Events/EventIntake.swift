import MailMessage
import Scheduling

/// Turns an organizer's mail into an event, a change of one, or an answer that says what was wrong.
package struct EventIntake: Sendable {
    package struct Ports: Sendable {
        /// The message that SES stored; nil when it is not there.
        package var readMail: @Sendable (_ messageID: String) async throws -> [UInt8]?
        package var recording: EventRecording.Ports
        package var notify: @Sendable (Notice) async throws -> Void

        package init(
            readMail: @escaping @Sendable (_ messageID: String) async throws -> [UInt8]?,
            recording: EventRecording.Ports, notify: @escaping @Sendable (Notice) async throws -> Void
        ) {
            self.readMail = readMail
            self.recording = recording
            self.notify = notify
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
    }

    private let ports: Ports
    private let recording: EventRecording
    private let senderPolicy: SenderPolicy
    private let updates: UpdateAudience

    /// - Parameters:
    ///   - updates: who is told of changes of a new event.
    ///   - eventLimit: events of an organizer for whom nothing else was settled.
    package init(
        ports: Ports, addresses: MailAddresses, secret: ServiceSecret, senderPolicy: SenderPolicy = .strict,
        updates: UpdateAudience = .everyone, eventLimit: Int
    ) {
        self.ports = ports
        self.senderPolicy = senderPolicy
        self.updates = updates
        recording = EventRecording(
            ports: ports.recording, domain: addresses.domain, secret: secret, eventLimit: eventLimit)
    }

    package func receive(messageID: String, verdicts: SenderAuthentication.Verdicts) async throws -> Outcome {
        guard let bytes = try await ports.readMail(messageID) else {
            throw Failure.mailNotStored(messageID: messageID)
        }
        let mail = MailParser.parse(bytes)
        switch SenderAuthentication.of(mail, verdicts: verdicts, policy: senderPolicy) {
        case .harmful: return .ignored(reason: "spam or virus")
        case .unproven: return try await refuseUnproven(mail, messageID: messageID)
        case .authenticated(let organizer): return try await receive(mail, from: organizer, messageID: messageID)
        }
    }

    /// Answering an unproven sender would send mail to whoever was impersonated. Only the owner of an event that such a
    /// mail would change is told, once a day for each event.
    private func refuseUnproven(_ mail: ParsedMail, messageID: String) async throws -> Outcome {
        guard !mail.isAutomaticAnswer, let claimed = SenderAuthentication.claimedSender(of: mail),
            let message = try? OrganizerMessage(CalendarMail(mail)),
            let event = try await ports.recording.readEvent(recording.uid(of: message, from: claimed))
        else { return .ignored(reason: "sender not authenticated") }
        let day = ports.recording.now() / 86_400
        try await ports.notify(notice(.unprovenChange(event.uid, day: day), mail, event.organizer, messageID))
        return .refused(code: "unproven-sender")
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
        let outcome = try await recording.receive(
            message,
            from: EventRecording.Source(
                organizer: organizer, organizerName: mail.from.first?.name, messageID: messageID, updates: updates))
        // The first delivery of a repeated mail may have ended before it told the organizer; notices are sent once by
        // their id.
        switch outcome {
        case .refused(let reason): return try await refuse(reason)
        case .created(let event): try await ports.notify(created(event, message, mail, organizer, messageID))
        case .repeated(let event) where event.revision == 1:
            try await ports.notify(created(event, message, mail, organizer, messageID))
        case .changed(let event, .updated(asksAgain: true)) where message.wantsAnswer,
            .repeated(let event) where message.wantsAnswer && event.wasMoved:
            try await ports.notify(notice(.accepted(event.uid), mail, organizer, messageID))
        case .changed, .repeated, .unchanged, .outdated: break
        }
        return Outcome(outcome)
    }

    private func created(
        _ event: Event, _ message: OrganizerMessage, _ mail: ParsedMail, _ organizer: EmailAddress, _ messageID: String
    ) -> Notice {
        notice(.created(event.uid, invited: message.isInvitation), mail, organizer, messageID)
    }

    private func notice(
        _ kind: Notice.Kind, _ mail: ParsedMail, _ organizer: EmailAddress, _ messageID: String
    ) -> Notice {
        Notice(
            kind: kind, organizer: organizer, message: messageID, subject: mail.subject?.cut(toUTF8: 500),
            inReplyTo: mail.messageID.flatMap { $0.utf8.count <= 500 ? $0 : nil })
    }
}

extension EventIntake.Outcome {
    init(_ outcome: EventRecording.Outcome) {
        switch outcome {
        case .created(let event): self = .created(event.uid)
        case .changed(let event, .cancelled): self = .cancelled(event.uid)
        case .changed(let event, let change): self = .updated(event.uid, revision: event.revision, change)
        case .unchanged(let event): self = .unchanged(event.uid)
        case .repeated(let event): self = .repeated(event.uid)
        case .outdated(let event): self = .outdated(event.uid)
        case .refused(let reason): self = .refused(code: reason.code)
        }
    }
}

extension OrganizerMessage {
    /// Whether the organizer's calendar waits for an answer about the whole event.
    fileprivate var wantsAnswer: Bool { isInvitation && action == .describe && master != nil }
}

extension Event {
    /// Whether its time changed, so that the organizer's calendar may wait for an answer.
    fileprivate var wasMoved: Bool { answerSequence > 0 && status != .cancelled }
}

extension ParsedMail {
    /// Marks of mail that must not be answered (RFC 3834 section 2). `auto-generated` is none of them here: calendar
    /// servers write it on the invitations their users send.
    fileprivate var isAutomaticAnswer: Bool {
        autoSubmitted == "auto-replied" || root.contentType.mediaType == "multipart/report"
    }
}
