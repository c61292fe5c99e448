import MailMessage

/// What holds for an address whatever the event.
package struct Person: Sendable, Equatable {
    package var isUnsubscribed: Bool
    /// Set after a hard bounce or a complaint.
    package var isSuppressed: Bool
    /// Organizers this person wants nothing from.
    package var blockedOrganizers: Set<String>

    package init(isUnsubscribed: Bool, isSuppressed: Bool, blockedOrganizers: Set<String>) {
        self.isUnsubscribed = isUnsubscribed
        self.isSuppressed = isSuppressed
        self.blockedOrganizers = blockedOrganizers
    }

    package func refuses(_ organizer: EmailAddress) -> Bool {
        isUnsubscribed || isSuppressed || blockedOrganizers.contains(organizer.normalized)
    }
}
