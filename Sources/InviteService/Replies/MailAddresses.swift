import MailMessage

/// The addresses of one deployment's mail domain.
package struct MailAddresses: Sendable {
    package let domain: String

    package init(domain: String) { self.domain = domain.lowercased() }

    /// Where organizers send what their calendar makes.
    package var create: String { "create@\(domain)" }

    /// The fixed sender of all invitations, aligned with the domain's DKIM signature.
    package var invitation: String { "invitation@\(domain)" }

    /// The sender of mail to organizers.
    package var notification: String { "notification@\(domain)" }

    /// Where mail programs send what unsubscribes.
    package var unsubscribe: String { "unsubscribe@\(domain)" }

    package func reply(token: String) -> String { "rsvp+\(token)@\(domain)" }

    /// The token of `rsvp+<token>@domain`; nil when the address has no detail.
    package func replyToken(of recipient: String) -> Substring? { Self.detail(of: recipient) }

    /// What stands between the `+` and the `@`.
    static func detail(of recipient: String) -> Substring? {
        guard let at = recipient.lastIndex(of: "@"), let plus = recipient[..<at].firstIndex(of: "+") else { return nil }
        return recipient[recipient.index(after: plus)..<at]
    }
}
