import MailMessage
import Scheduling

extension ReplyIntake {
    package struct InstanceAnswer: Sendable, Equatable {
        package var response: Response
        package var stamp: ReplyStamp

        package init(response: Response, stamp: ReplyStamp) {
            self.response = response
            self.stamp = stamp
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
        /// Who comes in the attendee's place.
        package var delegate: EmailAddress?
        package var proposal: Proposal?
        /// Whether it came from a calendar, which then has a copy of the event; an answer on a page proves none.
        package var isCalendarReceipt = true

        package init(
            event: Event, attendee: EmailAddress, name: String?, response: Response, stamp: ReplyStamp,
            instance: Int64?, comment: String?, client: String?, received: Int64, delegate: EmailAddress? = nil,
            proposal: Proposal? = nil
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
            self.delegate = delegate
            self.proposal = proposal
        }
    }
}
