import AWSClients

/// Spaces this process's messages so that all workers together keep to the account's SES sending rate.
package actor SendRate {
    private let ses: SES
    private let workers: Int
    private var interval: Duration?
    private var checked: ContinuousClock.Instant?
    private var question: Task<Duration, any Error>?
    private var nextTurn = ContinuousClock.now
    private var pace = SendPace()

    /// - Parameter workers: processes that may send at the same time, at least 1.
    package init(ses: SES, workers: Int) {
        self.ses = ses
        self.workers = max(1, workers)
    }

    /// Returns when it is this caller's turn; false at once when that would be too late.
    package func waitForTurn(latest: ContinuousClock.Instant) async throws -> Bool {
        let interval = try await currentInterval(latest)
        let now = ContinuousClock.now
        let turn = max(now, nextTurn)
        if turn > latest { return false }
        nextTurn = turn + interval / pace.share(at: now)
        if turn > now { try await Task.sleep(until: turn, clock: .continuous) }
        return true
    }

    /// After SES refused a message because of the rate: others use more of it than their part.
    package func slowDown() { pace.slowDown(at: .now) }

    /// Asks for the account's rate once a minute, since it changes under way. SES answers that question once a second in
    /// the whole account, so callers that arrive meanwhile wait for the same answer.
    private func currentInterval(_ latest: ContinuousClock.Instant) async throws -> Duration {
        if let interval, let checked, ContinuousClock.now - checked < .seconds(60) { return interval }
        let question =
            self.question
            ?? Task { [ses, workers] in
                .seconds(Double(workers) / max(try await Self.account(ses, latest).maxSendRate, 0.1))
            }
        self.question = question
        defer { self.question = nil }
        do {
            let fresh = try await question.value
            interval = fresh
            checked = .now
            return fresh
        } catch {
            guard let interval else { throw error }
            checked = .now
            return interval
        }
    }

    /// Waits while others ask too often, as processes do that begin together.
    private static func account(_ ses: SES, _ latest: ContinuousClock.Instant) async throws -> SES.Account {
        var longest = 2.0
        while true {
            do {
                return try await ses.getAccount()
            } catch let error {
                let pause = Duration.seconds(Double.random(in: (longest / 2)...longest))
                guard error.kind == .throttled, ContinuousClock.now + pause < latest else { throw error }
                try await Task.sleep(for: pause)
                longest = min(longest * 2, 16)
            }
        }
    }
}
