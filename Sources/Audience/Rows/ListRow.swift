/// What one row of a list comes to.
package enum ListRow: Sendable, Equatable {
    case recipient(Recipient)
    /// `detail` says what is wrong, for the list's owner; it does not repeat the address.
    case dropped(DropReason, detail: String)
}

/// How the rows of a list are read, as whoever starts the campaign wants it.
package struct ListOptions: Sendable, Equatable {
    /// The value that is put in for the recipient's name, such as `Attributes.Nickname` or a column's heading.
    package var nameField: String?
    /// Leaves out addresses of functions rather than people, such as postmaster@ and noreply@.
    package var dropsRoles: Bool
    /// Leaves out mailboxes at the domains of the owner's list of disposable ones.
    package var dropsDisposable: Bool
    /// Rows may name the event each is for.
    package var readsEvents: Bool

    package init(
        nameField: String? = nil, dropsRoles: Bool = false, dropsDisposable: Bool = false, readsEvents: Bool = false
    ) {
        self.nameField = nameField
        self.dropsRoles = dropsRoles
        self.dropsDisposable = dropsDisposable
        self.readsEvents = readsEvents
    }
}
