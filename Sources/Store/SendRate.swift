import AWSClients

/// Spaces this process's messages so that all workers together keep to the account's SES sending rate.
package actor SendRate {
    package enum Failure: Error, Sendable {
        /// The next free moment lies beyond the deadline of the work in hand.
        case noTurnBeforeDeadline
    }

    private let ses: SES
    private let workers: Int
    private var interval: Duration?
    private var checked: ContinuousClock.Instant?
    private var nextTurn = ContinuousClock.now

    /// - Parameter workers: processes that may send at the same time, at least 1.
    package init(ses: SES, workers: Int) {
        self.ses = ses
        self.workers = max(1, workers)
    }

    /// Returns when it is this caller's turn.
    package func waitForTurn() async throws {
        let interval = try await currentInterval()
        let now = ContinuousClock.now
        let turn = max(now, nextTurn)
        if let deadline = AWSDeadline.current, turn > deadline - .seconds(1) { throw Failure.noTurnBeforeDeadline }
        nextTurn = turn + interval
        if turn > now { try await Task.sleep(until: turn, clock: .continuous) }
    }

    /// Asks for the account's rate once a minute, since it changes under way.
    private func currentInterval() async throws -> Duration {
        if let interval, let checked, ContinuousClock.now - checked < .seconds(60) { return interval }
        // Set before the answer is there, so that callers that arrive meanwhile do not ask as well.
        checked = .now
        do {
            let rate = max(try await ses.getAccount().maxSendRate, 0.1)
            let fresh = Duration.seconds(Double(workers) / rate)
            interval = fresh
            return fresh
        } catch {
            guard let interval else {
                checked = nil
                throw error
            }
            return interval
        }
    }
}
