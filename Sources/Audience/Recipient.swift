import MailMessage

/// Somebody on a list who may be invited.
package struct Recipient: Sendable, Equatable {
    package var address: EmailAddress
    package var name: String?

    package init(address: EmailAddress, name: String? = nil) {
        self.address = address
        self.name = name
    }
}
