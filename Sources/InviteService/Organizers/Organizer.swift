import MailMessage

/// What the domain's owner has settled about an organizer. Everybody who makes an event is one; the defaults hold for
/// those nothing was settled about.
package struct Organizer: Sendable, Equatable {
    package var address: EmailAddress
    /// Nothing is sent for a suspended organizer.
    package var isSuspended: Bool
    /// May send lists by mail to `bulk@`.
    package var mayBulk: Bool
    /// Attendees of one event; nil for the deployment's own limit.
    package var inviteLimit: Int?
    /// Events; nil for the deployment's own limit.
    package var eventLimit: Int?
    /// Epoch seconds of the last change; nil while nothing was settled.
    package var lastModified: Int64?

    package init(
        address: EmailAddress, isSuspended: Bool = false, mayBulk: Bool = false, inviteLimit: Int? = nil,
        eventLimit: Int? = nil, lastModified: Int64? = nil
    ) {
        self.address = address
        self.isSuspended = isSuspended
        self.mayBulk = mayBulk
        self.inviteLimit = inviteLimit
        self.eventLimit = eventLimit
        self.lastModified = lastModified
    }
}

/// What is to be settled anew; the rest stays as it is.
package struct OrganizerChange: Sendable, Equatable {
    package enum Limit: Sendable, Equatable {
        case standard
        case atMost(Int)
    }

    package var isSuspended: Bool?
    package var mayBulk: Bool?
    package var inviteLimit: Limit?
    package var eventLimit: Limit?

    package init(
        isSuspended: Bool? = nil, mayBulk: Bool? = nil, inviteLimit: Limit? = nil, eventLimit: Limit? = nil
    ) {
        self.isSuspended = isSuspended
        self.mayBulk = mayBulk
        self.inviteLimit = inviteLimit
        self.eventLimit = eventLimit
    }
}
