/// What a message of an attendee does.
package enum ReplyChange: Sendable, Equatable {
    /// The answer in the new state is to be kept.
    case answered
    /// Likewise, and the organizer is to be told of the proposal in it.
    case proposed
    /// The attendee is to be sent the event once more, its SEQUENCE unchanged.
    case sendAgain
    /// This very answer is known.
    case repeated
    /// A newer answer is known.
    case notNewer
    /// Answers a version of the event whose time has changed since, or proposes a time for one that was never sent.
    case outdated
    /// The event will not happen.
    case cancelled
    /// The series has no instance at that time, or one that was cancelled.
    case unknownInstance
    /// Nobody unknown may propose a time or ask for the event.
    case notInvited
    case notProven
}
