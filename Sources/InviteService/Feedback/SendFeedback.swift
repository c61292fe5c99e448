import MailMessage

/// What SES reports about one mail to one recipient after it took it.
package struct SendFeedback: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        case delivered
        case bounced(Bounce)
        case complained
        /// SES took the mail and then found it unfit to be sent.
        case rejected
        case opened
        case unsubscribed
        /// Nothing follows from it, such as a delay.
        case none
    }

    package struct Bounce: Sendable, Equatable {
        package enum Weight: Sendable, Equatable {
            /// The mailbox does not exist.
            case permanent
            /// SES did not try: the address is on the account's suppression list.
            case listed
            /// Full, or not reachable for as long as SES tried.
            case transient
            /// The mail was refused, not its recipient.
            case content
        }

        package var weight: Weight
        /// SES's type and subtype and the server's status code, such as `Permanent General 5.1.1`.
        package var detail: String

        package init(weight: Weight, detail: String) {
            self.weight = weight
            self.detail = detail
        }
    }

    package var kind: Kind
    package var recipient: EmailAddress
    /// Of the event the mail was about; nil for mail that is about none.
    package var event: EventUID?
    package var revision: Int
    package var campaign: String?
    /// Epoch seconds.
    package var time: Int64

    package init(
        kind: Kind, recipient: EmailAddress, event: EventUID?, revision: Int, campaign: String?, time: Int64
    ) {
        self.kind = kind
        self.recipient = recipient
        self.event = event
        self.revision = revision
        self.campaign = campaign
        self.time = time
    }
}
