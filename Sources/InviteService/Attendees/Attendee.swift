import MailMessage
import Scheduling

/// One person's copy of one event: how sending went and what they answered.
package struct Attendee: Sendable, Equatable {
    package var event: EventUID
    package var address: EmailAddress
    package var name: String?
    package var organizer: EmailAddress
    package var domain: String
    /// The campaign that first invited them; nil for single invitations and `shared` attendees.
    package var campaign: String?
    package var origin: Origin

    package var delivery: Delivery
    /// The latest revision that was sent; nil while nothing was.
    package var sentRevision: Int?
    /// Epoch seconds of the first sending, and of the answer.
    package var firstSent: Int64?

    package var response: Response
    /// What a newer answer must exceed: that of the last one, or the start of the time at which they were asked again.
    package var reply: ReplyStamp?
    package var replied: Int64?
    /// Name of the calendar client that answered.
    package var client: String?
    package var comment: String?
    /// Epoch seconds of the first answer that came from a calendar: what proves that a copy reached one.
    package var receipt: Int64?
    /// Epoch seconds at which a mail was first seen to be opened.
    package var opened: Int64?
    /// Who comes in their place, where they named somebody.
    package var delegate: EmailAddress?
    /// The time they would rather have; their next answer withdraws it.
    package var proposal: Proposal?
    /// A sender holds them; or one did and died, so that its mail may have gone out.
    package var isHeld: Bool

    package init(
        event: EventUID, address: EmailAddress, name: String?, organizer: EmailAddress, domain: String,
        campaign: String?, origin: Origin, delivery: Delivery, sentRevision: Int?, firstSent: Int64?,
        response: Response, reply: ReplyStamp?, replied: Int64?, client: String?, comment: String?,
        delegate: EmailAddress? = nil, proposal: Proposal? = nil,
        isHeld: Bool = false
    ) {
        self.event = event
        self.address = address
        self.name = name
        self.organizer = organizer
        self.domain = domain
        self.campaign = campaign
        self.origin = origin
        self.delivery = delivery
        self.sentRevision = sentRevision
        self.firstSent = firstSent
        self.response = response
        self.reply = reply
        self.replied = replied
        self.client = client
        self.comment = comment
        self.delegate = delegate
        self.proposal = proposal
        self.isHeld = isHeld
    }
}

/// How far the mail came. What SES reports of it later (`DeliveryOutcome`) stands above what its sender knew.
package enum Delivery: String, Sendable {
    /// A sender has taken the recipient and not yet said how it went.
    case claimed
    case sent
    /// SES refused the message for good.
    case failed
    /// Their mail server took it.
    case delivered
    /// Their mail server refused it, at once or later.
    case bounced
    /// It was delivered and they reported it as unwanted.
    case complained
}

/// An attendee's answer, named as the statistics name it.
package enum Response: String, Sendable, CaseIterable {
    case noAction = "noaction"
    case accepted
    case declined
    case tentative
    /// Somebody else answers in their place, and is counted as `shared`.
    case delegated
}

/// What orders the answers of one attendee; `ReplyVersion` says why.
package struct ReplyStamp: Sendable, Equatable, Comparable {
    package var sequence: Int
    /// DTSTAMP in epoch seconds.
    package var stamp: Int64
    /// Date of the mail in epoch seconds; 0 without one.
    package var sent: Int64

    package init(sequence: Int, stamp: Int64, sent: Int64 = 0) {
        self.sequence = sequence
        self.stamp = stamp
        self.sent = sent
    }

    package static func < (left: ReplyStamp, right: ReplyStamp) -> Bool {
        (left.sequence, left.stamp, left.sent) < (right.sequence, right.stamp, right.sent)
    }
}
