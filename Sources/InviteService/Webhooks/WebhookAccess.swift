import MailMessage

/// Registers webhooks, lists and deletes them, and replays what could not be delivered. A key reaches its own holder's,
/// the domain owner's every one.
package struct WebhookAccess: Sendable {
    package struct Ports: Sendable {
        package var readKey: @Sendable (_ hash: String) async throws -> APIKey?
        package var recordKeyUse: @Sendable (_ hash: String, _ now: Int64) async throws -> Void
        package var list: @Sendable (APIKey.Scope) async throws -> [Webhook]
        package var write: @Sendable (Webhook) async throws -> Void
        package var delete: @Sendable (Webhook) async throws -> Void
        /// The first so many deliveries that were given up.
        package var failed: @Sendable (_ webhook: String, _ limit: Int) async throws -> [FailedDelivery]
        package var enqueue: @Sendable ([WebhookDelivery]) async throws -> Void
        package var forget: @Sendable (FailedDelivery) async throws -> Void
        /// Epoch seconds.
        package var now: @Sendable () -> Int64

        package init(
            readKey: @escaping @Sendable (_ hash: String) async throws -> APIKey?,
            recordKeyUse: @escaping @Sendable (_ hash: String, _ now: Int64) async throws -> Void,
            list: @escaping @Sendable (APIKey.Scope) async throws -> [Webhook],
            write: @escaping @Sendable (Webhook) async throws -> Void,
            delete: @escaping @Sendable (Webhook) async throws -> Void,
            failed: @escaping @Sendable (_ webhook: String, _ limit: Int) async throws -> [FailedDelivery],
            enqueue: @escaping @Sendable ([WebhookDelivery]) async throws -> Void,
            forget: @escaping @Sendable (FailedDelivery) async throws -> Void,
            now: @escaping @Sendable () -> Int64
        ) {
            self.readKey = readKey
            self.recordKeyUse = recordKeyUse
            self.list = list
            self.write = write
            self.delete = delete
            self.failed = failed
            self.enqueue = enqueue
            self.forget = forget
            self.now = now
        }
    }

    package enum Failure: Error, Sendable, Equatable {
        /// There is no such holder or webhook that this key may see.
        case notFound
        case unusableURL(WebhookURL.Failure)
        case tooMany(limit: Int)
    }

    /// Webhooks a holder may have.
    static let limit = 10
    /// Deliveries of one replay.
    static let replayLimit = 100

    private let ports: Ports
    private let allowsLoopback: Bool

    package init(ports: Ports, allowsLoopback: Bool) {
        self.ports = ports
        self.allowsLoopback = allowsLoopback
    }

    package func create(
        url text: String, kinds: Set<WebhookEvent.Kind>, for holder: APIKey.Scope, key: String?
    ) async throws -> Webhook {
        try await authorize(key, for: holder)
        let url: WebhookURL
        do {
            url = try WebhookURL(parsing: text, allowsHTTP: allowsLoopback)
        } catch {
            throw Failure.unusableURL(error)
        }
        guard try await ports.list(holder).count < Self.limit else { throw Failure.tooMany(limit: Self.limit) }
        let webhook = Webhook(
            id: String(Campaign.newID().prefix(16)), holder: holder, url: url, kinds: kinds, secret: .generate(),
            created: ports.now())
        try await ports.write(webhook)
        return webhook
    }

    package func list(of holder: APIKey.Scope, key: String?) async throws -> [Webhook] {
        try await authorize(key, for: holder)
        return try await ports.list(holder)
    }

    package func delete(_ id: String, of holder: APIKey.Scope, key: String?) async throws {
        try await ports.delete(try await webhook(id, of: holder, key: key))
    }

    /// - Returns: how many deliveries were queued again; more may be left when it is `replayLimit`.
    package func replay(_ id: String, of holder: APIKey.Scope, key: String?) async throws -> Int {
        let webhook = try await webhook(id, of: holder, key: key)
        let failed = try await ports.failed(webhook.id, Self.replayLimit)
        for failure in failed {
            var delivery = failure.delivery
            delivery.attempts = 0
            // Queued before it is forgotten: a call that breaks off repeats a delivery rather than losing it.
            try await ports.enqueue([delivery])
            try await ports.forget(failure)
        }
        return failed.count
    }

    private func webhook(_ id: String, of holder: APIKey.Scope, key: String?) async throws -> Webhook {
        try await authorize(key, for: holder)
        guard let webhook = try await ports.list(holder).first(where: { $0.id == id }) else { throw Failure.notFound }
        return webhook
    }

    private func authorize(_ key: String?, for holder: APIKey.Scope) async throws {
        let check = KeyCheck(read: ports.readKey, recordUse: ports.recordKeyUse, now: ports.now)
        let known = try await check.holder(of: key)
        switch holder {
        case .organizer(let organizer): guard known.allows(organizer) else { throw Failure.notFound }
        case .owner: guard known.scope == .owner else { throw SystemAccess.Failure.ownerOnly }
        }
    }
}

extension APIKey.Scope {
    /// `owner`, or the organizer's address.
    package var text: String {
        switch self {
        case .owner: "owner"
        case .organizer(let organizer): organizer.normalized
        }
    }

    package init?(_ text: String) {
        if text == "owner" {
            self = .owner
        } else if let organizer = EmailAddress(text) {
            self = .organizer(organizer)
        } else {
            return nil
        }
    }
}
