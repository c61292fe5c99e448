import MailMessage

/// Somebody on a list who may be invited.
package struct Recipient: Sendable, Equatable {
    package var address: EmailAddress
    package var name: String?
    /// What the row says is the event's UID, where rows are asked for it.
    package var event: String?

    package init(address: EmailAddress, name: String? = nil, event: String? = nil) {
        self.address = address
        self.name = name
        self.event = event
    }
}
