import MailMessage

extension EmailAddress {
    /// `ann@example.com` becomes `a***@example.com`.
    package var masked: String { "\(local.prefix(1))***@\(domain)" }
}
