import Audience
import MailMessage

/// A sender's hold on one recipient of one event: nobody else mails them while it lasts.
package struct Claim: Sendable {
    package var recipient: Recipient
    package var event: Event
    /// nil for a single invitation or an update.
    package var campaign: String?
    package var origin: Origin
    /// Distinguishes this claim from any other, so that a retried write recognises its own first attempt.
    package var id: String
    /// Epoch seconds.
    package var now: Int64
    package var until: Int64
    /// Holds only who has a copy of the event, or may have one: nobody is invited by an update or a cancellation.
    package var onlyReached: Bool

    package init(
        recipient: Recipient, event: Event, campaign: String?, origin: Origin, id: String, now: Int64, until: Int64,
        onlyReached: Bool = false
    ) {
        self.recipient = recipient
        self.event = event
        self.campaign = campaign
        self.origin = origin
        self.id = id
        self.now = now
        self.until = until
        self.onlyReached = onlyReached
    }

    static func newID() -> String {
        var generator = SystemRandomNumberGenerator()
        return String(UInt64.random(in: 0...UInt64.max, using: &generator), radix: 36)
    }
}

package enum ClaimResult: Sendable, Equatable {
    /// What was known of them before. An answer to an earlier time of the event counts as none from here on.
    case claimed(Standing)
    /// This revision was sent to them or refused for good, or they declined and are told of no change; they came into
    /// the event by the given campaign, if by any.
    case done(byCampaign: String?)
    /// The claim was for those reached only, and nothing ever went to them.
    case neverReached
    /// Another claim is live.
    case busy
}

package struct OutgoingInvitation: Sendable {
    package var to: EmailAddress
    package var from: String
    package var message: [UInt8]
    /// SES message tags, which come back in its events.
    package var tags: [(name: String, value: String)]

    package init(to: EmailAddress, from: String, message: [UInt8], tags: [(name: String, value: String)]) {
        self.to = to
        self.from = from
        self.message = message
        self.tags = tags
    }
}

package enum SendResult: Sendable, Equatable {
    case sent(messageID: String)
    /// Not accepted for now because of the sending rate.
    case throttled
    /// The account's daily quota is used up.
    case quotaExhausted
    /// No mail of this account is accepted until its owner has settled something.
    case accountRefused(reason: String)
    /// Never acceptable: SES says what is wrong with this message.
    case refused(reason: String)
    /// No answer came; the mail may be on its way.
    case unknown
}
