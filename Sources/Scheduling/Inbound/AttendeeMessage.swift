import ICalendar
import MailMessage

/// What an attendee's calendar says about an event: an answer, another time, or the wish to get the event again
/// (METHOD:REPLY, COUNTER and REFRESH; RFC 5546 sections 3.2.3, 3.2.7 and 3.2.6).
package struct AttendeeMessage: Sendable, Equatable {
    package enum Failure: Error, Sendable, Equatable {
        /// A method attendees do not send, DECLINECOUNTER among them: that is the organizer's.
        case notAnAttendees(Method?)
        case missingUID
        case missingAttendee
        case unusableAttendee
        /// RECURRENCE-ID is no date, or in an unknown zone: the answer must not be taken for one to the whole series.
        case unusableInstance(value: String)
        /// A proposal without a usable DTSTART.
        case unusableProposal
    }

    package enum Action: Sendable, Equatable {
        case reply
        case counter(Proposal)
        case refresh
    }

    package enum Answer: Sendable, Equatable {
        case accepted
        case declined
        case tentative
        case needsAction
        /// Somebody else comes in their place.
        case delegated
    }

    /// Which instance of a series the message is about.
    package struct Instance: Sendable, Equatable {
        package var recurrenceID: DateValue
        /// The RECURRENCE-ID in epoch seconds, whatever zone it was written in.
        package var key: Int64
    }

    package var action: Action
    package var uid: String
    package var attendee: EmailAddress
    package var answer: Answer
    /// DELEGATED-TO of a delegated answer.
    package var delegate: EmailAddress?
    package var sequence: Int
    /// DTSTAMP in epoch seconds; nil when the client wrote none.
    package var stamp: Int64?
    package var instance: Instance?
    package var comment: String?
    package var productID: String?

    /// The messages in a mail, one for each component: a reply to a series may carry exceptions.
    ///
    /// - Parameter sender: of the mail, proven or not: of several attendees, as a delegate and who they stand in for, it
    ///   is the one who speaks.
    package static func read(_ mail: CalendarMail, from sender: EmailAddress?) throws(Failure) -> [AttendeeMessage] {
        guard let method = mail.method, [.reply, .counter, .refresh].contains(method) else {
            throw .notAnAttendees(mail.method)
        }
        var messages: [AttendeeMessage] = []
        for event in mail.events {
            messages.append(try AttendeeMessage(event, method, of: mail.calendar, from: sender))
        }
        return messages
    }

    /// The message with its instance named as the event's calendar names it.
    ///
    /// - Parameter calendar: the VCALENDAR.
    package func named(in calendar: Component) -> AttendeeMessage {
        guard let instance, let (value, key) = SeriesCalendar(calendar).name(instance.recurrenceID) else { return self }
        var named = self
        named.instance = Instance(recurrenceID: value, key: key)
        return named
    }

    private init(
        _ event: Component, _ method: Method, of calendar: Component, from sender: EmailAddress?
    ) throws(Failure) {
        let zones = ZoneResolver(calendar: calendar)
        let view = EventView(event)
        guard let uid = view.uid, !uid.isEmpty else { throw .missingUID }
        self.uid = uid
        let attendees = view.attendees.map { ($0, $0.user.email.flatMap { EmailAddress($0) }) }
        // Clients that list others put the one who speaks first.
        guard let (attendee, address) = attendees.first(where: { sender != nil && $0.1 == sender }) ?? attendees.first
        else { throw .missingAttendee }
        // Some name themselves by a path in a directory; the one who speaks is then the one who wrote.
        guard let address = address ?? (attendees.count == 1 ? sender : nil) else { throw .unusableAttendee }
        self.attendee = address
        answer = Answer(attendee.partstat)
        if answer == .delegated { delegate = attendee.delegatedTo.lazy.compactMap { EmailAddress($0) }.first }
        sequence = view.revision
        stamp = view.dtstamp.flatMap { zones.epochSeconds($0) }
        if let property = event.first("RECURRENCE-ID") {
            guard let id = view.recurrenceID, let key = zones.epochSeconds(id) else {
                throw .unusableInstance(value: property.value)
            }
            instance = Instance(recurrenceID: id, key: key)
        }
        switch method {
        case .counter:
            guard let proposal = Proposal(event, of: calendar, zones) else { throw .unusableProposal }
            action = .counter(proposal)
        case .refresh: action = .refresh
        default: action = .reply
        }
        // Google writes the note beside the answer. Outlook writes a COMMENT of one line end when nothing was said.
        comment = [event.first("COMMENT")?.text, attendee.responseComment].lazy.compactMap(\.self)
            .first { !$0.allSatisfy(\.isWhitespace) }
        productID = calendar.first("PRODID")?.text
    }
}

extension AttendeeMessage.Answer {
    init(_ status: ParticipationStatus) {
        switch status {
        case .accepted, .completed, .inProcess: self = .accepted
        case .declined: self = .declined
        case .tentative: self = .tentative
        case .delegated: self = .delegated
        // An unknown status is to be treated as NEEDS-ACTION (RFC 5545 section 3.2.12).
        case .needsAction, .other: self = .needsAction
        }
    }
}
