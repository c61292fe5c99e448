import AWSClients
import InviteService
import JSON
import MailMessage

/// Webhooks lie in one partition, so that the reader of the stream finds all of them with one query; what could not be
/// delivered lies in a partition for each.
extension MainTable {
    package func listWebhooks(of holder: APIKey.Scope) async throws -> [Webhook] {
        try await webhooks(withPrefix: "\(holder.text)#")
    }

    package func allWebhooks() async throws -> [Webhook] { try await webhooks(withPrefix: "") }

    package func readWebhook(_ id: String, of holder: APIKey.Scope) async throws -> Webhook? {
        try await dynamoDB.getItem(table: name, key: Key.webhook(id, of: holder)).map(WebhookItem.decode)
    }

    package func writeWebhook(_ webhook: Webhook) async throws {
        try await dynamoDB.putItem(DynamoDB.PutItem(table: name, item: WebhookItem.encode(webhook)))
    }

    package func deleteWebhook(_ webhook: Webhook) async throws {
        try await dynamoDB.transactWrite([
            .delete(DynamoDB.DeleteItem(table: name, key: Key.webhook(webhook.id, of: webhook.holder)))
        ])
    }

    /// Kept for thirty days.
    package func keep(_ failed: FailedDelivery) async throws {
        var item = Key.failedDelivery(failed.delivery)
        item["delivery"] = .s(failed.delivery.json.text)
        item["cause"] = .s(failed.cause)
        item["time"] = .int(failed.time)
        item["ttl"] = .int(failed.time + 30 * 86_400)
        try await dynamoDB.putItem(DynamoDB.PutItem(table: name, item: item))
    }

    package func failedDeliveries(_ webhook: String, limit: Int) async throws -> [FailedDelivery] {
        let page = try await dynamoDB.query(
            DynamoDB.Query(
                table: name, keyCondition: "pk = :pk", values: [":pk": .s(Key.failedDeliveries(webhook))],
                limit: limit))
        return try page.items.map { item in
            let reader = ItemReader(item, kind: "failed delivery")
            let json = try JSON(parsing: try reader.string("delivery"))
            return FailedDelivery(
                delivery: try WebhookDelivery(json: json), cause: try reader.string("cause"),
                time: try reader.time("time"))
        }
    }

    package func forget(_ failed: FailedDelivery) async throws {
        try await dynamoDB.transactWrite([
            .delete(DynamoDB.DeleteItem(table: name, key: Key.failedDelivery(failed.delivery)))
        ])
    }

    private func webhooks(withPrefix prefix: String) async throws -> [Webhook] {
        var webhooks: [Webhook] = []
        var query = DynamoDB.Query(
            table: name, keyCondition: "pk = :pk", values: [":pk": .s(Key.webhookPartition)], consistent: true)
        if !prefix.isEmpty {
            query.keyCondition += " AND begins_with(sk, :prefix)"
            query.values[":prefix"] = .s(prefix)
        }
        for try await page in dynamoDB.pages(query) { webhooks += try page.items.map(WebhookItem.decode) }
        return webhooks
    }
}

enum WebhookItem {
    static func encode(_ webhook: Webhook) -> DynamoDB.Item {
        var item = Key.webhook(webhook.id, of: webhook.holder)
        item["id"] = .s(webhook.id)
        item["holder"] = .s(webhook.holder.text)
        item["url"] = .s(webhook.url.description)
        if !webhook.kinds.isEmpty { item["kinds"] = .ss(webhook.kinds.map(\.rawValue).sorted()) }
        item["secret"] = .s(webhook.secret.text)
        item["created"] = .int(webhook.created)
        return item
    }

    static func decode(_ item: DynamoDB.Item) throws(ItemError) -> Webhook {
        let reader = ItemReader(item, kind: "webhook")
        return Webhook(
            id: try reader.string("id"), holder: try reader.value("holder") { APIKey.Scope($0) },
            // What was allowed when it was registered is checked again for each request.
            url: try reader.value("url") { try? WebhookURL(parsing: $0, allowsHTTP: true) },
            kinds: Set((item["kinds"]?.stringSet ?? []).compactMap(WebhookEvent.Kind.init(rawValue:))),
            secret: try reader.value("secret") { WebhookSecret($0) }, created: try reader.time("created"))
    }
}
