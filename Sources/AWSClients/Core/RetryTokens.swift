import Synchronization

/// Keeps a client from adding to an outage: repetitions are paid from a bucket that successes fill, so that they stop
/// when most calls fail. Sizes and prices are those of the SDKs' standard mode.
final class RetryTokens: Sendable {
    static let capacity = 500
    static let price = 5
    static let timeoutPrice = 10

    private let available = Mutex(capacity)

    /// Pays for one repetition; false when the bucket does not hold enough.
    func take(_ price: Int) -> Bool {
        available.withLock { available in
            guard available >= price else { return false }
            available -= price
            return true
        }
    }

    /// After a success: the price of its last repetition, or 1 when it needed none.
    func giveBack(_ amount: Int) {
        available.withLock { $0 = min(RetryTokens.capacity, $0 + amount) }
    }
}
