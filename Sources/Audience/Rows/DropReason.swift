/// Why a row of a list invites nobody. Every row that is read is either accepted or counted under one of these.
package enum DropReason: String, Sendable, CaseIterable {
    /// The row cannot be read at all, for example a line that is not JSON.
    case unreadable
    /// An endpoint of another channel (SMS, push, voice …).
    case otherChannel = "other_channel"
    /// Pinpoint's EndpointStatus is INACTIVE.
    case inactive
    /// Pinpoint's OptOut is ALL.
    case optedOut = "opted_out"
    case badAddress = "bad_address"
    /// The address of a function such as postmaster@, where the campaign leaves those out.
    case role
    /// At a domain whose mailboxes are thrown away after use, where the campaign leaves those out.
    case disposable
    /// The same mailbox stood on an earlier row of the list.
    case duplicate
    /// The person unsubscribed, blocked the organizer, or is suppressed after a bounce or complaint.
    case suppressed
    /// As many people as may be were invited to the event.
    case overLimit = "over_limit"
}
