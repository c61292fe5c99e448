import MailMessage
import Scheduling

/// Takes an attendee's answer to their record.
package struct ReplyIntake: Sendable {
    package struct Ports: Sendable {
        package var readMail: @Sendable (_ messageID: String) async throws -> [UInt8]?
        package var readEvent: @Sendable (EventUID) async throws -> Event?
        /// Writes the answer if it is newer than the stored one; only if the attendee has a record.
        package var record: @Sendable (Answer) async throws -> RecordResult
        /// Makes the record of somebody who answered without being invited, if there is none yet.
        package var addShared: @Sendable (Answer) async throws -> RecordResult

        package init(
            readMail: @escaping @Sendable (_ messageID: String) async throws -> [UInt8]?,
            readEvent: @escaping @Sendable (EventUID) async throws -> Event?,
            record: @escaping @Sendable (Answer) async throws -> RecordResult,
            addShared: @escaping @Sendable (Answer) async throws -> RecordResult
        ) {
            self.readMail = readMail
            self.readEvent = readEvent
            self.record = record
            self.addShared = addShared
        }
    }

    /// An answer that is proven to be the attendee's.
    package struct Answer: Sendable, Equatable {
        package var event: Event
        package var attendee: EmailAddress
        package var name: String?
        package var response: Response
        package var stamp: ReplyStamp
        /// Set when the answer is for one instance of a series: epoch seconds of its RECURRENCE-ID.
        package var instance: Int64?
        package var comment: String?
        package var client: String?
        /// Epoch seconds of arrival.
        package var received: Int64
        /// Whether it came from a calendar, which then has a copy of the event; an answer on a page proves none.
        package var isCalendarReceipt = true

        package init(
            event: Event, attendee: EmailAddress, name: String?, response: Response, stamp: ReplyStamp,
            instance: Int64?, comment: String?, client: String?, received: Int64
        ) {
            self.event = event
            self.attendee = attendee
            self.name = name
            self.response = response
            self.stamp = stamp
            self.instance = instance
            self.comment = comment
            self.client = client
            self.received = received
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
        case notNewer
        /// Answers a version of the event whose time has changed since.
        case outdated
        case unknownEvent
        case notProven
        case ignored(reason: String)
    }

    package enum Failure: Error, Sendable, Equatable {
        case mailNotStored(messageID: String)
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
        let replies: [ReplyMessage]
        do {
            replies = try ReplyMessage.read(CalendarMail(mail))
        } catch {
            return [.ignored(reason: "no reply in it: \(error)")]
        }
        let token = recipients.lazy.compactMap { addresses.replyToken(of: $0) }
            .compactMap { ReplyToken($0, secret: secret) }.first
        var outcomes: [Outcome] = []
        for reply in replies {
            outcomes.append(try await receive(reply, token: token, sender: sender, mail: mail, received: received))
        }
        return outcomes
    }

    private func receive(
        _ reply: ReplyMessage, token: ReplyToken?, sender: EmailAddress?, mail: ParsedMail, received: Int64
    ) async throws -> Outcome {
        // The token says which event the mail answers; some clients rewrite the UID.
        guard let uid = token?.event ?? EventUID(calendarUID: reply.uid), let event = try await ports.readEvent(uid)
        else {
            return .unknownEvent
        }
        let holdsToken = token?.belongs(to: reply.attendee, secret: secret) ?? false
        guard holdsToken || sender == reply.attendee else { return .notProven }
        // SEQUENCE is compared with the last version that asked everybody again, never with changes of words or of
        // single instances, and DTSTAMP only with the attendee's own earlier answers.
        guard reply.sequence >= event.answerSequence else { return .outdated }
        let answer = Answer(
            event: event, attendee: reply.attendee,
            name: mail.from.first { $0.address == reply.attendee }?.name?.cut(toUTF8: Event.lineLimit),
            response: Response(reply.answer),
            // A SEQUENCE beyond the event's own would shut out all later answers. Date stands in for a missing DTSTAMP,
            // since it is the same whenever the mail is delivered.
            stamp: ReplyStamp(
                sequence: event.answerSequence, stamp: reply.stamp ?? mail.date.map { Int64($0) } ?? received),
            instance: reply.instance,
            comment: reply.comment?.cut(toUTF8: Event.lineLimit),
            client: reply.productID.map { ClientName.of(productID: $0) }, received: received)
        switch try await ports.record(answer) {
        case .recorded:
            return answer.instance == nil ? .recorded(answer.response) : .recordedForInstance(answer.response)
        case .notNewer: return .notNewer
        case .notInvited:
            // Somebody who got the invitation forwarded: counted apart, once they are known to be who they say.
            guard sender == reply.attendee else { return .notProven }
            return try await addShared(answer)
        }
    }

    private func addShared(_ answer: Answer) async throws -> Outcome {
        guard answer.instance != nil else {
            return try await ports.addShared(answer) == .recorded ? .shared(answer.response) : .notNewer
        }
        // An answer for one instance says nothing of the series.
        var silent = answer
        silent.response = .noAction
        silent.instance = nil
        _ = try await ports.addShared(silent)
        return try await ports.record(answer) == .recorded ? .shared(answer.response) : .notNewer
    }
}

extension Response {
    init(_ answer: ReplyMessage.Answer) {
        switch answer {
        case .accepted: self = .accepted
        case .declined: self = .declined
        case .tentative: self = .tentative
        case .needsAction: self = .noAction
        }
    }
}
