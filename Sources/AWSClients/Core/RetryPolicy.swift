/// How often and after which wait a call is repeated.
package struct RetryPolicy: Sendable {
    /// Sendings of one request, the first included; at least 1.
    package var maximumAttempts: Int
    /// Upper bound of the first wait; it doubles with each attempt.
    package var base: Duration
    package var cap: Duration
    /// Longest wait a service may ask for.
    package var serverCap: Duration
    /// Time before the deadline in which no repetition is begun, so that the caller can still act on the error.
    package var reserve: Duration

    package init(
        maximumAttempts: Int = 4, base: Duration = .milliseconds(50), cap: Duration = .seconds(2),
        serverCap: Duration = .seconds(20), reserve: Duration = .milliseconds(500)
    ) {
        self.maximumAttempts = maximumAttempts
        self.base = base
        self.cap = cap
        self.serverCap = serverCap
        self.reserve = reserve
    }

    /// The wait after an attempt, the first being 1: anything up to the bound ("full jitter"), which spreads callers
    /// out that were refused together; never less than the service asked for.
    func wait(afterAttempt attempt: Int, random: Double, retryAfter: Duration?) -> Duration {
        let bound = min(cap, base * (1 << min(attempt - 1, 20)))
        return max(bound * random, min(retryAfter ?? .zero, serverCap))
    }

    /// Whether a request that failed so may be sent again.
    func allowsRepeating(after error: AWSError, repetition: AWSRequest.Repetition, attempt: Int) -> Bool {
        guard attempt < maximumAttempts, !error.isDailyQuotaExhausted else { return false }
        switch error.kind {
        case .throttled: return repetition != .whenRefusedForOtherThanRate
        case .transient: return true
        case .unknownOutcome: return repetition == .always
        case .transactionCanceled(let reasons): return reasons.isOnlyContention
        case .conditionFailed, .client, .deadline, .cancelled: return false
        }
    }
}
