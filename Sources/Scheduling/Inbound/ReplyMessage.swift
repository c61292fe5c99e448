import ICalendar
import MailMessage

/// One attendee's answer to an invitation (METHOD:REPLY, RFC 5546 section 3.2.3).
package struct ReplyMessage: Sendable, Equatable {
    package enum Failure: Error, Sendable, Equatable {
        case notAReply(Method?)
        case missingUID
        case missingAttendee
        case unusableAttendee
        /// RECURRENCE-ID is no date, or in an unknown zone: the answer must not be taken for one to the whole series.
        case unusableInstance(value: String)
    }

    package enum Answer: Sendable, Equatable {
        case accepted
        case declined
        case tentative
        case needsAction
    }

    package var uid: String
    package var attendee: EmailAddress
    package var answer: Answer
    package var sequence: Int
    /// DTSTAMP in epoch seconds; nil when the client wrote none.
    package var stamp: Int64?
    /// RECURRENCE-ID in epoch seconds: the answer is for this instance only.
    package var instance: Int64?
    package var comment: String?
    package var productID: String?

    /// The answers in a mail, one for each component: a reply to a series may carry exceptions.
    package static func read(_ mail: CalendarMail) throws(Failure) -> [ReplyMessage] {
        guard mail.method == .reply else { throw .notAReply(mail.method) }
        let zones = ZoneResolver(calendar: mail.calendar)
        let productID = mail.calendar.first("PRODID")?.text
        var replies: [ReplyMessage] = []
        for event in mail.events {
            replies.append(try ReplyMessage(event, zones: zones, productID: productID))
        }
        return replies
    }

    private init(_ event: Component, zones: ZoneResolver, productID: String?) throws(Failure) {
        let view = EventView(event)
        guard let uid = view.uid, !uid.isEmpty else { throw .missingUID }
        self.uid = uid
        // A reply speaks for one attendee. Clients that list others put the answering one first.
        guard let attendee = view.attendees.first else { throw .missingAttendee }
        guard let email = attendee.user.email, let address = EmailAddress(email) else { throw .unusableAttendee }
        self.attendee = address
        switch attendee.partstat {
        case .accepted, .completed, .inProcess: answer = .accepted
        case .declined: answer = .declined
        case .tentative: answer = .tentative
        // A delegator no longer answers for themselves; the delegate's own reply counts. An unknown status is to be
        // treated as NEEDS-ACTION (RFC 5545 section 3.2.12).
        case .needsAction, .delegated, .other: answer = .needsAction
        }
        sequence = max(0, view.sequence ?? 0)
        stamp = view.dtstamp.flatMap { zones.epochSeconds($0) }
        if let property = event.first("RECURRENCE-ID") {
            guard let instance = view.recurrenceID.flatMap({ zones.epochSeconds($0) }) else {
                throw .unusableInstance(value: property.value)
            }
            self.instance = instance
        }
        // Outlook writes a COMMENT of one line end when nothing was said.
        comment = event.first("COMMENT")?.text
        if comment?.allSatisfy(\.isWhitespace) == true { comment = nil }
        self.productID = productID
    }
}
