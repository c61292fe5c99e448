import MailMessage
import Scheduling

/// An answer as it came, to an event or to one instance of it.
package struct PastAnswer: Sendable, Equatable {
    package var response: Response
    package var stamp: ReplyStamp
    /// Original start in epoch seconds; nil for the whole event.
    package var instance: Int64?
    /// Epoch seconds at which it arrived.
    package var replied: Int64
    /// Name of the calendar client.
    package var client: String?
    package var comment: String?
    package var delegate: EmailAddress?
    package var proposal: Proposal?

    package init(
        response: Response, stamp: ReplyStamp, instance: Int64?, replied: Int64, client: String? = nil,
        comment: String? = nil, delegate: EmailAddress? = nil, proposal: Proposal? = nil
    ) {
        self.response = response
        self.stamp = stamp
        self.instance = instance
        self.replied = replied
        self.client = client
        self.comment = comment
        self.delegate = delegate
        self.proposal = proposal
    }
}

/// All that an attendee answered to an event.
package struct AttendeeAnswers: Sendable, Equatable {
    /// The latest answer to each instance that was answered by itself, at most `limit`.
    package var instances: [PastAnswer]
    /// Every answer that counted when it came, the newest first, at most `limit`.
    package var history: [PastAnswer]

    package static let limit = 100

    package init(instances: [PastAnswer], history: [PastAnswer]) {
        self.instances = instances
        self.history = history
    }

    /// Where single instances of the event stand, by time: those answered by themselves, and those that were moved and
    /// asked about again. An answer to the time before is none.
    package func standings(in event: Event) -> [(instance: Int64, answer: PastAnswer?)] {
        var standings: [Int64: PastAnswer?] = event.askedInstances.mapValues { _ in nil }
        for answer in instances {
            guard let instance = answer.instance else { continue }
            if answer.stamp.sequence >= event.leastSequence(for: instance) {
                standings[instance] = .some(answer)
            } else if standings[instance] == nil {
                standings[instance] = .some(nil)
            }
        }
        return standings.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}
