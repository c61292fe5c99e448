import ICalendar

/// What a message of the organizer does to an event: what attendees have to be told, if anything.
package enum SeriesChange: Sendable, Equatable {
    case created
    /// The event or whole series; `asksAgain` when times changed, so that earlier answers no longer hold.
    case updated(asksAgain: Bool)
    /// Single instances, the rest of the series stays as it is.
    case instances([InstanceChange])
    case cancelled
    /// Says nothing that is not known: nobody need be told.
    case unchanged
    /// Older than what is known (RFC 5546 section 2.1.5).
    case outdated
    /// Cancels or adds to an event that was never created here.
    case unknownEvent
    /// About a time at which the series has no instance.
    case unknownInstance(String)
}

package struct InstanceChange: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        case changed(asksAgain: Bool)
        case cancelled
        /// Cancelled by way of the series, whose EXDATE names it now.
        case leftOut
        /// This instance and all after it (RANGE=THISANDFUTURE).
        case cancelledFromHere
    }

    /// The instance's original start in epoch seconds; midnight UTC of a date.
    package var instance: Int64
    package var kind: Kind

    package init(instance: Int64, kind: Kind) {
        self.instance = instance
        self.kind = kind
    }
}
