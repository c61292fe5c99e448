/// Pauses a campaign, lets it go on, and stops it for good.
package struct CampaignControl: Sendable {
    package struct Ports: Sendable {
        /// False when it is paused already.
        package var pause: @Sendable (_ campaign: String, _ reason: String) async throws -> Bool
        package var endPause: @Sendable (_ campaign: String) async throws -> Void
        /// False when it has ended; true when it was cancelled before.
        package var cancel: @Sendable (_ campaign: String) async throws -> Bool
        /// Has every chunk queued that is not done.
        package var requeue: @Sendable (ImportJob) async throws -> Void
        /// Epoch seconds.
        package var now: @Sendable () -> Int64

        package init(
            pause: @escaping @Sendable (_ campaign: String, _ reason: String) async throws -> Bool,
            endPause: @escaping @Sendable (_ campaign: String) async throws -> Void,
            cancel: @escaping @Sendable (_ campaign: String) async throws -> Bool,
            requeue: @escaping @Sendable (ImportJob) async throws -> Void,
            now: @escaping @Sendable () -> Int64
        ) {
            self.pause = pause
            self.endPause = endPause
            self.cancel = cancel
            self.requeue = requeue
            self.now = now
        }
    }

    package enum Failure: Error, Sendable, Equatable {
        /// Its list could not be used.
        case failed
        /// How many chunks there are is known only when the whole list was read.
        case importing
        /// It was stopped for good.
        case cancelled
        /// There is nothing left to stop.
        case finished
        /// Its recipients are no longer kept.
        case expired
    }

    private let ports: Ports
    private let access: EventAccess

    package init(ports: Ports, access: EventAccess) {
        self.ports = ports
        self.access = access
    }

    /// What senders have in hand is still sent.
    package func pause(_ id: String, event uid: String, key: String?) async throws -> CampaignProgress {
        try checkGoingOn(try await access.progress(of: id, event: uid, key: key).campaign)
        _ = try await ports.pause(id, "It was paused through the API.")
        return try await access.progress(of: id, event: uid, key: key)
    }

    /// Has every chunk queued that is not done. That does no harm to one that is queued already, so a call that broke
    /// off can be repeated.
    package func resume(_ id: String, event uid: String, key: String?) async throws -> CampaignProgress {
        let campaign = try await access.progress(of: id, event: uid, key: key).campaign
        try checkGoingOn(campaign)
        guard campaign.status != .importing else { throw Failure.importing }
        guard campaign.keepsChunks(at: ports.now()) else { throw Failure.expired }
        try await ports.endPause(id)
        try await ports.requeue(ImportJob(campaign: id, requeuedFrom: 0))
        return try await access.progress(of: id, event: uid, key: key)
    }

    /// What senders have in hand is still sent; everybody else is counted as cancelled, for which their chunks pass
    /// through the queue once more while they are kept. An import ends at its next checkpoint, by itself.
    package func cancel(_ id: String, event uid: String, key: String?) async throws -> CampaignProgress {
        let progress = try await access.progress(of: id, event: uid, key: key)
        guard progress.campaign.status != .failed else { throw Failure.failed }
        guard progress.status != "finished", try await ports.cancel(id) else { throw Failure.finished }
        if progress.campaign.chunks > 0, progress.campaign.keepsChunks(at: ports.now()) {
            try await ports.requeue(ImportJob(campaign: id, requeuedFrom: 0))
        }
        return try await access.progress(of: id, event: uid, key: key)
    }

    private func checkGoingOn(_ campaign: Campaign) throws(Failure) {
        if campaign.status == .failed { throw .failed }
        if campaign.status == .cancelled { throw .cancelled }
    }
}
