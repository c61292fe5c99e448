import JSON

/// A message of the webhook queue: up to a hundred events for one webhook, which are posted together.
package struct WebhookDelivery: Sendable, Equatable {
    /// Events of one request.
    package static let size = 100

    package var webhook: String
    package var holder: APIKey.Scope
    /// Sent along, so that a receiver knows a repetition.
    package var id: String
    package var events: [JSON]
    /// Requests that were made in vain.
    package var attempts: Int

    package init(webhook: String, holder: APIKey.Scope, id: String, events: [JSON], attempts: Int = 0) {
        self.webhook = webhook
        self.holder = holder
        self.id = id
        self.events = events
        self.attempts = attempts
    }

    static func deliveries(of events: [WebhookEvent], to webhooks: [Webhook]) -> [WebhookDelivery] {
        webhooks.flatMap { webhook in
            events.filter(webhook.hears).pieces(of: size).map { part in
                WebhookDelivery(
                    webhook: webhook.id, holder: webhook.holder, id: "\(webhook.id)-\(part[0].id)",
                    events: part.map(\.json))
            }
        }
    }

    package var json: JSON {
        [
            "webhook": .string(webhook), "holder": .string(holder.text), "id": .string(id), "events": .array(events),
            "attempts": .int(attempts),
        ]
    }

    package init(json: JSON) throws(MessageError) {
        guard let webhook = json["webhook"]?.string, let holder = json["holder"]?.string.flatMap(APIKey.Scope.init),
            let id = json["id"]?.string, let events = json["events"]?.array
        else { throw MessageError(queue: "webhook", body: json) }
        self.init(webhook: webhook, holder: holder, id: id, events: events, attempts: json["attempts"]?.int ?? 0)
    }
}
