/// A rate with bursts: tokens come in steadily up to a capacity, and each admission takes some.
package struct TokenBucket: Sendable {
    /// Tokens a second.
    package let rate: Double
    package let capacity: Double
    private var tokens: Double
    private var updatedAt: Double

    /// Starts full.
    ///
    /// - Parameter now: seconds on any clock that only moves forward; later calls use the same one.
    package init(rate: Double, capacity: Double, at now: Double) {
        self.rate = rate
        self.capacity = capacity
        tokens = capacity
        updatedAt = now
    }

    /// Takes the tokens if they are there, else takes none.
    package mutating func take(_ count: Double = 1, at now: Double) -> Bool {
        tokens = min(capacity, tokens + max(0, now - updatedAt) * rate)
        updatedAt = max(updatedAt, now)
        guard tokens >= count else { return false }
        tokens -= count
        return true
    }
}
