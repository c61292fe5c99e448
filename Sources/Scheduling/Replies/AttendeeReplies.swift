import ICalendar

/// What one attendee has answered to one event so far.
package struct AttendeeReplies: Sendable, Equatable {
    package enum Standing: Sendable, Equatable {
        case invited
        /// Answered an invitation that was passed on to them.
        case shared
        case unknown
    }

    package struct Given: Sendable, Equatable {
        package var answer: AttendeeMessage.Answer
        package var version: ReplyVersion
        /// Withdrawn by the next answer.
        package var proposal: Proposal?

        package init(answer: AttendeeMessage.Answer, version: ReplyVersion, proposal: Proposal? = nil) {
            self.answer = answer
            self.version = version
            self.proposal = proposal
        }
    }

    /// The event as an answer to it is judged.
    package struct Event: Sendable {
        /// Highest SEQUENCE sent.
        package var sequence: Int
        /// That of the last version that asked everybody again: the least an answer must have.
        package var answerSequence: Int
        /// The same of single instances that were asked about again since, by their RECURRENCE-ID in epoch seconds.
        package var askedInstances: [Int64: Int]
        package var isCancelled: Bool
        /// The VCALENDAR, needed only to judge an answer to an instance.
        package var calendar: Component?

        package init(
            sequence: Int, answerSequence: Int, askedInstances: [Int64: Int] = [:], isCancelled: Bool,
            calendar: Component?
        ) {
            self.sequence = sequence
            self.answerSequence = answerSequence
            self.askedInstances = askedInstances
            self.isCancelled = isCancelled
            self.calendar = calendar
        }

        /// The least SEQUENCE of an answer to an instance, or to the whole event, that holds.
        package func leastSequence(for instance: Int64?) -> Int {
            max(answerSequence, instance.flatMap { askedInstances[$0] } ?? 0)
        }
    }

    /// What the mail shows of who wrote it.
    package struct Proof: Sendable {
        /// It came to the address that only this attendee's invitation names.
        package var holdsToken: Bool
        /// Its authenticated sender is the attendee.
        package var isSender: Bool
        /// Its Date in epoch seconds, if it has one, and when it arrived.
        package var sent: Int64?
        package var received: Int64

        package init(holdsToken: Bool, isSender: Bool, sent: Int64?, received: Int64) {
            self.holdsToken = holdsToken
            self.isSender = isSender
            self.sent = sent
            self.received = received
        }
    }

    package var standing: Standing
    /// To the event or the whole series.
    package var whole: Given?
    /// To single instances, by their RECURRENCE-ID in epoch seconds.
    package var instances: [Int64: Given]

    package init(standing: Standing, whole: Given? = nil, instances: [Int64: Given] = [:]) {
        self.standing = standing
        self.whole = whole
        self.instances = instances
    }

    package func given(to instance: Int64?) -> Given? { instance.map { instances[$0] } ?? whole }

    /// What a message makes of what is known, and what has to be done.
    ///
    /// SEQUENCE is compared with the last version that asked everybody again, never with changes of words or of single
    /// instances, and DTSTAMP only with the attendee's own earlier answers: two rules that Zimbra learned.
    package func receive(
        _ message: AttendeeMessage, to event: Event, _ proof: Proof
    ) -> (replies: AttendeeReplies, change: ReplyChange) {
        guard proof.isSender || proof.holdsToken && standing != .unknown else { return (self, .notProven) }
        if message.action == .refresh { return (self, standing == .invited ? .sendAgain : .notInvited) }
        guard !event.isCancelled else { return (self, .cancelled) }
        let least = event.leastSequence(for: message.instance?.key)
        guard message.sequence >= least else { return (self, .outdated) }
        var proposal: Proposal?
        if case .counter(let proposed) = message.action {
            guard standing != .unknown else { return (self, .notInvited) }
            guard message.sequence <= event.sequence else { return (self, .outdated) }
            proposal = proposed
        }
        if let instance = message.instance, let calendar = event.calendar {
            var series = SeriesCalendar(calendar)
            guard series.expectsAnswer(to: instance) else { return (self, .unknownInstance) }
        }
        let known = given(to: message.instance?.key)
        // A SEQUENCE beyond the event's own would shut out all later answers, and so would the time of a clock that is
        // fast.
        let version = ReplyVersion(
            sequence: least, stamp: min(message.stamp ?? proof.sent ?? proof.received, proof.received),
            sent: min(proof.sent ?? 0, proof.received))
        if let known, known.version >= version {
            return (self, known.version == version ? .repeated : .notNewer)
        }
        var given = Given(answer: message.answer, version: version, proposal: proposal)
        // Some propose a time and leave open whether they come.
        if proposal != nil, message.answer == .needsAction { given.answer = known?.answer ?? .needsAction }
        var next = self
        if standing == .unknown { next.standing = .shared }
        if let instance = message.instance { next.instances[instance.key] = given } else { next.whole = given }
        return (next, proposal == nil ? .answered : .proposed)
    }
}
