/// What the server knows of an event when a message of its organizer arrives.
package struct EventState: Sendable, Equatable {
    package var sequence: Int
    package var stamp: Int64?
    /// Identifies the message behind this state.
    package var message: String
    package var isCancelled: Bool
    /// Digest of the event's `ScheduleText`.
    package var schedule: String

    package init(sequence: Int, stamp: Int64?, message: String, isCancelled: Bool, schedule: String) {
        self.sequence = sequence
        self.stamp = stamp
        self.message = message
        self.isCancelled = isCancelled
        self.schedule = schedule
    }
}

/// What an organizer's message does to their event.
package enum EventDecision: Sendable, Equatable {
    case create
    /// `asksAgain` when times changed, so that earlier answers no longer hold.
    case update(asksAgain: Bool)
    case cancel
    /// The very message that made the present state, delivered again.
    case repeated
    /// Older than the present state (RFC 5546 section 2.1.5).
    case outdated
    /// A cancellation of an event that was never created here.
    case nothingToCancel

    package static func decide(
        state: EventState?, action: OrganizerMessage.Action, sequence: Int, stamp: Int64?, message: String,
        schedule: String
    ) -> EventDecision {
        guard let state else { return action == .cancel ? .nothingToCancel : .create }
        if state.message == message { return .repeated }
        guard isNewer(sequence, stamp, than: state) else { return .outdated }
        switch action {
        case .cancel:
            return state.isCancelled ? .repeated : .cancel
        case .describe:
            // A cancelled event comes back only with a higher SEQUENCE, as clients write it when they restore one.
            if state.isCancelled { return sequence > state.sequence ? .update(asksAgain: true) : .outdated }
            return .update(asksAgain: schedule != state.schedule)
        }
    }

    /// Equal SEQUENCE and equal DTSTAMP pass: some clients resend an edited event with both unchanged.
    private static func isNewer(_ sequence: Int, _ stamp: Int64?, than state: EventState) -> Bool {
        if sequence != state.sequence { return sequence > state.sequence }
        guard let stamp, let known = state.stamp else { return true }
        return stamp >= known
    }
}
