/// Pauses a campaign and lets it go on.
package struct CampaignControl: Sendable {
    package struct Ports: Sendable {
        /// False when it is paused already.
        package var pause: @Sendable (_ campaign: String, _ reason: String) async throws -> Bool
        package var endPause: @Sendable (_ campaign: String) async throws -> Void
        /// Numbers of the chunks that have a done mark.
        package var doneChunks: @Sendable (_ campaign: String) async throws -> Set<Int>
        package var enqueue: @Sendable ([SendJob]) async throws -> Void

        package init(
            pause: @escaping @Sendable (_ campaign: String, _ reason: String) async throws -> Bool,
            endPause: @escaping @Sendable (_ campaign: String) async throws -> Void,
            doneChunks: @escaping @Sendable (_ campaign: String) async throws -> Set<Int>,
            enqueue: @escaping @Sendable ([SendJob]) async throws -> Void
        ) {
            self.pause = pause
            self.endPause = endPause
            self.doneChunks = doneChunks
            self.enqueue = enqueue
        }
    }

    package enum Failure: Error, Sendable, Equatable {
        /// Its list could not be used.
        case failed
        /// How many chunks there are is known only when the whole list was read.
        case importing
    }

    private let ports: Ports
    private let access: EventAccess

    package init(ports: Ports, access: EventAccess) {
        self.ports = ports
        self.access = access
    }

    /// What senders have in hand is still sent.
    package func pause(_ id: String, event uid: String, key: String?) async throws -> CampaignProgress {
        let progress = try await access.progress(of: id, event: uid, key: key)
        guard progress.campaign.status != .failed else { throw Failure.failed }
        _ = try await ports.pause(id, "It was paused through the API.")
        return try await access.progress(of: id, event: uid, key: key)
    }

    /// Queues every chunk that is not done. That does no harm to one that is queued already, so a call that broke off
    /// can be repeated.
    package func resume(_ id: String, event uid: String, key: String?) async throws -> CampaignProgress {
        let campaign = try await access.progress(of: id, event: uid, key: key).campaign
        guard campaign.status != .failed else { throw Failure.failed }
        guard campaign.status != .importing else { throw Failure.importing }
        try await ports.endPause(id)
        let done = try await ports.doneChunks(id)
        let jobs = (0..<campaign.chunks).filter { !done.contains($0) }
            .map { SendJob(event: campaign.event, campaign: id, chunk: $0) }
        try await ports.enqueue(jobs)
        return try await access.progress(of: id, event: uid, key: key)
    }
}
