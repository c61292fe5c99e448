import JSON

/// Posts events to a webhook, again and again with growing pauses while it fails, and keeps them for a replay in the end.
package struct WebhookSending: Sendable {
    package struct Ports: Sendable {
        package var readWebhook: @Sendable (_ id: String, APIKey.Scope) async throws -> Webhook?
        /// Every address a host name stands for now; empty when there is none.
        package var resolve: @Sendable (_ host: String) async -> [IPAddress]
        /// The response's status; nil when there was none.
        package var post: @Sendable (WebhookRequest) async -> Int?
        package var retry: @Sendable (WebhookDelivery, _ delay: Duration) async throws -> Void
        package var keep: @Sendable (FailedDelivery) async throws -> Void
        /// Epoch seconds.
        package var now: @Sendable () -> Int64

        package init(
            readWebhook: @escaping @Sendable (_ id: String, APIKey.Scope) async throws -> Webhook?,
            resolve: @escaping @Sendable (_ host: String) async -> [IPAddress],
            post: @escaping @Sendable (WebhookRequest) async -> Int?,
            retry: @escaping @Sendable (WebhookDelivery, _ delay: Duration) async throws -> Void,
            keep: @escaping @Sendable (FailedDelivery) async throws -> Void,
            now: @escaping @Sendable () -> Int64
        ) {
            self.readWebhook = readWebhook
            self.resolve = resolve
            self.post = post
            self.retry = retry
            self.keep = keep
            self.now = now
        }
    }

    package enum Outcome: Sendable, Equatable {
        case delivered
        /// The webhook was deleted.
        case dropped
        case retried(cause: String)
        /// Waits for a replay.
        case kept(cause: String)
    }

    /// Seconds after each attempt in vain; about nine hours in all. SQS delays a message by 15 minutes at most.
    static let pauses: [Int64] = [5, 30, 120, 600] + Array(repeating: 900, count: 36)

    private let ports: Ports
    private let allowsLoopback: Bool

    /// - Parameter allowsLoopback: for receivers on the same machine, in tests and the local stack alone.
    package init(ports: Ports, allowsLoopback: Bool) {
        self.ports = ports
        self.allowsLoopback = allowsLoopback
    }

    package func run(_ delivery: WebhookDelivery) async throws -> Outcome {
        guard let webhook = try await ports.readWebhook(delivery.webhook, delivery.holder) else { return .dropped }
        let addresses = await ports.resolve(webhook.url.host)
        guard let address = addresses.first else { return try await fail(delivery, "its host name has no address") }
        // One bad address among good ones is enough: which of them is used is not the registrant's to choose.
        guard addresses.allSatisfy(isAllowed) else {
            return try await keep(delivery, "its host name leads into a private network")
        }
        let now = ports.now()
        let body = JSON.object(["id": .string(delivery.id), "events": .array(delivery.events)]).bytes
        let status = await ports.post(
            WebhookRequest(
                url: webhook.url, address: address, id: delivery.id, timestamp: now,
                signature: webhook.secret.signature(id: delivery.id, timestamp: now, body: body), body: body))
        switch status {
        case nil: return try await fail(delivery, "no answer")
        case let status? where (200..<300).contains(status): return .delivered
        case 410?: return try await keep(delivery, "it answered 410 Gone")
        case let status?: return try await fail(delivery, "it answered \(status)")
        }
    }

    private func isAllowed(_ address: IPAddress) -> Bool {
        address.isPublic || (allowsLoopback && address.isLoopback)
    }

    private func fail(_ delivery: WebhookDelivery, _ cause: String) async throws -> Outcome {
        guard delivery.attempts < Self.pauses.count else { return try await keep(delivery, cause) }
        var again = delivery
        again.attempts += 1
        try await ports.retry(again, .seconds(Self.pauses[delivery.attempts]))
        return .retried(cause: cause)
    }

    private func keep(_ delivery: WebhookDelivery, _ cause: String) async throws -> Outcome {
        try await ports.keep(FailedDelivery(delivery: delivery, cause: cause, time: ports.now()))
        return .kept(cause: cause)
    }
}

/// A request to a webhook, bound to the address that was checked.
package struct WebhookRequest: Sendable, Equatable {
    package var url: WebhookURL
    package var address: IPAddress
    package var id: String
    /// Epoch seconds.
    package var timestamp: Int64
    package var signature: String
    package var body: [UInt8]
}

/// A delivery that was given up.
package struct FailedDelivery: Sendable, Equatable {
    package var delivery: WebhookDelivery
    package var cause: String
    /// Epoch seconds.
    package var time: Int64

    package init(delivery: WebhookDelivery, cause: String, time: Int64) {
        self.delivery = delivery
        self.cause = cause
        self.time = time
    }
}
