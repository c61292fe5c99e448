import SwiftGlibc

/// Time and chance, so that tests need neither wait nor hope.
package struct AWSClock: Sendable {
    package var now: @Sendable () -> ContinuousClock.Instant
    /// Seconds since 1970 by the system's clock, which signatures carry.
    package var epochSeconds: @Sendable () -> Int
    package var sleep: @Sendable (Duration) async throws(CancellationError) -> Void
    /// In 0 ..< 1.
    package var random: @Sendable () -> Double

    package init(
        now: @escaping @Sendable () -> ContinuousClock.Instant, epochSeconds: @escaping @Sendable () -> Int,
        sleep: @escaping @Sendable (Duration) async throws(CancellationError) -> Void,
        random: @escaping @Sendable () -> Double
    ) {
        self.now = now
        self.epochSeconds = epochSeconds
        self.sleep = sleep
        self.random = random
    }

    package static let live = AWSClock(
        now: { ContinuousClock.now },
        epochSeconds: { time(nil) },
        sleep: { duration throws(CancellationError) in
            do {
                try await Task.sleep(for: duration)
            } catch {
                throw CancellationError()
            }
        },
        random: { Double.random(in: 0..<1) })
}
