import Synchronization

/// That SES's daily quota is used up, so that a process does not ask again with each chunk of a long queue.
final class QuotaMemory: Sendable {
    private let until = Mutex<ContinuousClock.Instant?>(nil)
    private static let span = Duration.seconds(600)

    var isExhausted: Bool { until.withLock { $0.map { .now < $0 } ?? false } }

    func noteExhausted() { until.withLock { $0 = .now + Self.span } }
}
