import MailMessage

/// An address that somebody wants to be told of events at.
package struct Webhook: Sendable, Equatable {
    package var id: String
    /// Whose it is: an organizer's hears of that organizer's events, the owner's of all.
    package var holder: APIKey.Scope
    package var url: WebhookURL
    /// Empty for all.
    package var kinds: Set<WebhookEvent.Kind>
    /// What deliveries are signed with.
    package var secret: WebhookSecret
    /// Epoch seconds.
    package var created: Int64

    package init(
        id: String, holder: APIKey.Scope, url: WebhookURL, kinds: Set<WebhookEvent.Kind>, secret: WebhookSecret,
        created: Int64
    ) {
        self.id = id
        self.holder = holder
        self.url = url
        self.kinds = kinds
        self.secret = secret
        self.created = created
    }

    func hears(of event: WebhookEvent) -> Bool {
        guard kinds.isEmpty || kinds.contains(event.kind) else { return false }
        return switch holder {
        case .owner: true
        case .organizer(let organizer): organizer == event.organizer
        }
    }
}
