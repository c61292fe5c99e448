import Audience
import ICalendar
import MailMessage
import Scheduling

/// Takes what attendees' calendars send: answers, proposals of another time, wishes to get the event again.
package struct ReplyIntake: Sendable {
    package struct Ports: Sendable {
        package var readMail: @Sendable (_ messageID: String) async throws -> [UInt8]?
        package var readEvent: @Sendable (EventUID) async throws -> Event?
        package var readCalendar: @Sendable (Event) async throws -> [UInt8]
        package var readAttendee: @Sendable (EventUID, EmailAddress) async throws -> Attendee?
        /// The answer for one instance, by its RECURRENCE-ID in epoch seconds.
        package var readInstanceAnswer:
            @Sendable (EventUID, EmailAddress, _ instance: Int64) async throws ->
                InstanceAnswer?
        /// Writes the answer if it is newer than the stored one; only if the attendee has a record.
        package var record: @Sendable (Answer) async throws -> RecordResult
        /// Makes the record of somebody who answered without being invited, if there is none yet.
        package var addShared: @Sendable (Answer) async throws -> RecordResult
        /// Lets the sender take the attendee for one who was not sent the event's current revision; false when that was
        /// done within the hour, or they were never sent anything.
        package var forgetSending: @Sendable (EmailAddress, Event, _ now: Int64) async throws -> Bool
        package var enqueue: @Sendable (SendJob) async throws -> Void
        package var notify: @Sendable (Notice) async throws -> Void

        package init(
            readMail: @escaping @Sendable (_ messageID: String) async throws -> [UInt8]?,
            readEvent: @escaping @Sendable (EventUID) async throws -> Event?,
            readCalendar: @escaping @Sendable (Event) async throws -> [UInt8],
            readAttendee: @escaping @Sendable (EventUID, EmailAddress) async throws -> Attendee?,
            readInstanceAnswer:
                @escaping @Sendable (EventUID, EmailAddress, _ instance: Int64) async throws ->
                InstanceAnswer?,
            record: @escaping @Sendable (Answer) async throws -> RecordResult,
            addShared: @escaping @Sendable (Answer) async throws -> RecordResult,
            forgetSending: @escaping @Sendable (EmailAddress, Event, _ now: Int64) async throws -> Bool,
            enqueue: @escaping @Sendable (SendJob) async throws -> Void,
            notify: @escaping @Sendable (Notice) async throws -> Void
        ) {
            self.readMail = readMail
            self.readEvent = readEvent
            self.readCalendar = readCalendar
            self.readAttendee = readAttendee
            self.readInstanceAnswer = readInstanceAnswer
            self.record = record
            self.addShared = addShared
            self.forgetSending = forgetSending
            self.enqueue = enqueue
            self.notify = notify
        }
    }

    package enum RecordResult: Sendable, Equatable {
        case recorded
        /// The stored answer is as new or newer.
        case notNewer
        case notInvited
    }

    package enum Outcome: Sendable, Equatable {
        case recorded(Response)
        case recordedForInstance(Response)
        case shared(Response)
        /// A proposal of another time, which the organizer is told of.
        case proposed(Response)
        /// The attendee gets the event again.
        case sentAgain
        /// They got it again within this hour.
        case sentAgainBefore
        /// Changes nothing.
        case refused(ReplyChange)
        case unknownEvent
        /// Words that nobody reads here, which their writer is told.
        case unread
        case ignored(reason: String)
    }

    package enum Failure: Error, Sendable, Equatable {
        case mailNotStored(messageID: String)
        case calendarNotStored(EventUID)
    }

    private let ports: Ports
    private let addresses: MailAddresses
    private let secret: ServiceSecret

    package init(ports: Ports, addresses: MailAddresses, secret: ServiceSecret) {
        self.ports = ports
        self.addresses = addresses
        self.secret = secret
    }

    /// - Parameters:
    ///   - recipients: the addresses SES took the mail for, with their reply tokens.
    ///   - received: epoch seconds.
    package func receive(
        messageID: String, recipients: [String], verdicts: SenderAuthentication.Verdicts, received: Int64
    ) async throws -> [Outcome] {
        guard let bytes = try await ports.readMail(messageID) else {
            throw Failure.mailNotStored(messageID: messageID)
        }
        let mail = MailParser.parse(bytes)
        let sender: EmailAddress?
        switch SenderAuthentication.of(mail, verdicts: verdicts) {
        case .harmful: return [.ignored(reason: "spam or virus")]
        case .unproven: sender = nil
        case .authenticated(let address): sender = address
        }
        // What came back undelivered may carry the invitation, which is no answer to it.
        guard mail.deliveryReport == nil else { return [.ignored(reason: "delivery report")] }
        let token = recipients.lazy.compactMap { addresses.replyToken(of: $0) }
            .compactMap { ReplyToken($0, secret: secret) }.first
        let messages: [AttendeeMessage]
        do {
            messages = try AttendeeMessage.read(CalendarMail(mail), from: mail.from.first?.address)
        } catch {
            if case .noCalendarPart? = error as? CalendarMail.Failure, let token,
                try await tellUnread(mail, to: recipients, token, messageID: messageID)
            {
                return [.unread]
            }
            return [.ignored(reason: "no message of an attendee in it: \(Self.reason(error))")]
        }
        let envelope = Envelope(
            messageID: messageID, mail: mail, token: token, sender: sender, received: received)
        var outcomes: [Outcome] = []
        for message in messages { outcomes.append(try await receive(message, envelope)) }
        return outcomes
    }

    /// Tells an attendee who answered the invitation in words that nobody reads them, and how to answer; false for
    /// programs, and for whoever is not the one whose token it is.
    private func tellUnread(
        _ mail: ParsedMail, to recipients: [String], _ token: ReplyToken, messageID: String
    ) async throws -> Bool {
        guard !mail.isAutomatic, mail.from.count == 1, let writer = mail.from.first?.address,
            token.belongs(to: writer, secret: secret),
            let text = recipients.lazy.compactMap({ addresses.replyToken(of: $0) }).first
        else { return false }
        try await ports.notify(
            Notice(
                kind: .unread(token.event, link: AttendeeLink.text(replyToken: String(text), attendee: writer)),
                organizer: writer, message: messageID, subject: nil,
                inReplyTo: mail.messageID.flatMap { $0.utf8.count <= 500 ? $0 : nil }))
        return true
    }

    /// What holds for all messages of a mail.
    private struct Envelope {
        var messageID: String
        var mail: ParsedMail
        var token: ReplyToken?
        /// Authenticated.
        var sender: EmailAddress?
        var received: Int64
    }

    private func receive(_ message: AttendeeMessage, _ envelope: Envelope) async throws -> Outcome {
        // The token says which event the mail answers; some clients rewrite the UID.
        guard let uid = envelope.token?.event ?? EventUID(calendarUID: message.uid),
            let event = try await ports.readEvent(uid)
        else {
            return .unknownEvent
        }
        let attendee = try await ports.readAttendee(uid, message.attendee)
        let judged = try await judged(event, message)
        let message = judged.calendar.map(message.named) ?? message
        let proof = AttendeeReplies.Proof(
            holdsToken: envelope.token?.belongs(to: message.attendee, secret: secret) ?? false,
            isSender: envelope.sender == message.attendee, sent: envelope.mail.date.map { Int64($0) },
            received: envelope.received)
        let (replies, change) = try await replies(of: attendee, to: message, event).receive(
            message, to: judged, proof)
        switch change {
        case .answered, .proposed:
            guard let given = replies.given(to: message.instance?.key) else { return .refused(change) }
            return try await keep(given, isNew: attendee == nil, message, of: event, envelope)
        case .repeated:
            // The first delivery may have ended before it told the organizer; notices are sent once by their id.
            if case .counter(let proposal) = message.action {
                try await tell(of: proposal, message, of: event, envelope)
            }
            return .refused(change)
        case .sendAgain:
            guard let attendee, try await ports.forgetSending(attendee.address, event, envelope.received) else {
                return .sentAgainBefore
            }
            let recipient = Recipient(address: attendee.address, name: attendee.name)
            try await ports.enqueue(SendJob(event: uid, work: .recipients([recipient], origin: attendee.origin)))
            return .sentAgain
        case .notNewer, .outdated, .cancelled, .unknownInstance, .notInvited, .notProven: return .refused(change)
        }
    }

    /// The state that a message is judged by: no more of it is read than that takes.
    private func replies(
        of attendee: Attendee?, to message: AttendeeMessage, _ event: Event
    ) async throws -> AttendeeReplies {
        guard let attendee else { return AttendeeReplies(standing: .unknown) }
        var replies = AttendeeReplies(standing: attendee.origin == .shared ? .shared : .invited)
        replies.whole = attendee.reply.map {
            AttendeeReplies.Given(
                answer: attendee.response.answer, version: ReplyVersion($0), proposal: attendee.proposal)
        }
        if let key = message.instance?.key,
            let known = try await ports.readInstanceAnswer(event.uid, attendee.address, key)
        {
            replies.instances[key] = AttendeeReplies.Given(
                answer: known.response.answer, version: ReplyVersion(known.stamp))
        }
        return replies
    }

    private func judged(_ event: Event, _ message: AttendeeMessage) async throws -> AttendeeReplies.Event {
        var judged = AttendeeReplies.Event(
            sequence: event.sequence, answerSequence: event.answerSequence, askedInstances: event.askedInstances,
            isCancelled: event.status == .cancelled, calendar: nil)
        if message.instance != nil {
            guard let calendar = ICalendar.parse(try await ports.readCalendar(event)).calendars.first else {
                throw Failure.calendarNotStored(event.uid)
            }
            judged.calendar = calendar
        }
        return judged
    }

    private func keep(
        _ given: AttendeeReplies.Given, isNew: Bool, _ message: AttendeeMessage, of event: Event,
        _ envelope: Envelope
    ) async throws -> Outcome {
        let answer = Answer(
            event: event, attendee: message.attendee,
            name: envelope.mail.from.first { $0.address == message.attendee }?.name?.cut(toUTF8: Event.lineLimit),
            response: Response(given.answer),
            stamp: ReplyStamp(
                sequence: given.version.sequence, stamp: given.version.stamp, sent: given.version.sent),
            instance: message.instance?.key, comment: message.comment?.cut(toUTF8: Event.lineLimit),
            client: message.productID.map { ClientName.of(productID: $0) }, received: envelope.received,
            delegate: message.delegate, proposal: given.proposal)
        if isNew { return try await addShared(answer) }
        guard try await ports.record(answer) == .recorded else { return .refused(.notNewer) }
        if let proposal = given.proposal {
            try await tell(of: proposal, message, of: event, envelope)
            return .proposed(answer.response)
        }
        return answer.instance == nil ? .recorded(answer.response) : .recordedForInstance(answer.response)
    }

    private func tell(
        of proposal: Proposal, _ message: AttendeeMessage, of event: Event, _ envelope: Envelope
    ) async throws {
        let proposed = ProposedTime(
            attendee: message.attendee, when: proposal.when.cut(toUTF8: Event.lineLimit),
            instead: message.instance.map { EventTime.text(of: $0.recurrenceID) },
            comment: message.comment?.cut(toUTF8: Event.lineLimit))
        try await ports.notify(
            Notice(
                kind: .proposed(event.uid, proposed), organizer: event.organizer, message: envelope.messageID,
                subject: nil, inReplyTo: nil))
    }

    /// Without what the mail says: logs hold no addresses.
    private static func reason(_ error: any Error) -> String {
        switch error {
        case CalendarMail.Failure.noCalendarPart: "no calendar part"
        case AttendeeMessage.Failure.notAnAttendees(let method): "method \(method?.rawValue ?? "none")"
        case AttendeeMessage.Failure.unusableInstance: "unusable RECURRENCE-ID"
        case let failure as AttendeeMessage.Failure: "\(failure)"
        default: "unreadable calendar"
        }
    }

    private func addShared(_ answer: Answer) async throws -> Outcome {
        guard answer.instance != nil else {
            return try await ports.addShared(answer) == .recorded ? .shared(answer.response) : .refused(.notNewer)
        }
        // An answer for one instance says nothing of the series.
        var silent = answer
        silent.response = .noAction
        silent.instance = nil
        _ = try await ports.addShared(silent)
        return try await ports.record(answer) == .recorded ? .shared(answer.response) : .refused(.notNewer)
    }
}

extension Response {
    init(_ answer: AttendeeMessage.Answer) {
        switch answer {
        case .accepted: self = .accepted
        case .declined: self = .declined
        case .tentative: self = .tentative
        case .needsAction: self = .noAction
        case .delegated: self = .delegated
        }
    }

    var answer: AttendeeMessage.Answer {
        switch self {
        case .accepted: .accepted
        case .declined: .declined
        case .tentative: .tentative
        case .noAction: .needsAction
        case .delegated: .delegated
        }
    }
}

extension ReplyVersion {
    init(_ stamp: ReplyStamp) { self.init(sequence: stamp.sequence, stamp: stamp.stamp, sent: stamp.sent) }
}
