import JSON

/// Publishes what becomes of accepted mails, one event after the other, beside the sending.
package actor SendEvents {
    /// Publishes a message: topic ARN, content.
    package typealias Publish = @Sendable (String, JSON) async throws -> Void

    private let destinations: [EventDestination]
    private let publish: Publish
    private var outcomes: [String: MailOutcome] = [:]
    private var waiting: [(topic: String, event: JSON)] = []
    private var worker: Task<Void, Never>?

    package init(destinations: [EventDestination], publish: @escaping Publish) {
        self.destinations = destinations
        self.publish = publish
    }

    /// What becomes of mail to these addresses from now on; of all others it is delivered.
    func setOutcomes(_ outcomes: [String: MailOutcome]) {
        self.outcomes.merge(outcomes.map { ($0.key.lowercased(), $0.value) }) { $1 }
    }

    func accepted(_ entry: OutboxEntry, _ message: [UInt8]) {
        let matching = destinations.filter { $0.configurationSet == entry.configurationSet }
        guard !matching.isEmpty else { return }
        let outcome = outcome(of: entry)
        for type in outcome.events {
            // CloudFormation begins the names in lower case.
            let name = type.prefix(1).lowercased() + type.dropFirst()
            for destination in matching where destination.types.contains(name) {
                waiting.append((destination.topicARN, SendEvent.json(type, of: outcome, for: entry, message)))
            }
        }
        if worker == nil, !waiting.isEmpty { worker = Task { await work() } }
    }

    /// Returns when everything is published that is known of now.
    package func drain() async { await worker?.value }

    private func outcome(of entry: OutboxEntry) -> MailOutcome {
        if !entry.suppressed.isEmpty { return .suppressed }
        let address = MailboxText.address(of: entry.recipients.first ?? "").lowercased()
        return outcomes[address] ?? MailOutcome.simulated(for: address) ?? .delivery
    }

    private func work() async {
        while !waiting.isEmpty {
            let batch = waiting
            waiting = []
            // An event that cannot be published is lost, as with SES.
            for (topic, event) in batch { try? await publish(topic, event) }
        }
        worker = nil
    }
}
