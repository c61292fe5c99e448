/// How many of a campaign's recipients were done with in each of the last minutes.
///
/// The counts stand beside the campaign's counters and change with them in the same write; they are no counters
/// themselves, since old ones are forgotten.
package struct SendingPace: Sendable, Equatable {
    /// Minutes that are remembered.
    package static let memory: Int64 = 10
    /// Minutes a rate is taken over, the present one included.
    private static let window: Int64 = 3
    private static let prefix = "pace."

    /// By minute since the epoch, within the memory of the latest.
    package private(set) var minutes: [Int64: Int] = [:]

    package init() {}

    /// - Parameter time: epoch seconds.
    mutating func add(_ count: Int, at time: Int64) {
        guard count > 0 else { return }
        minutes[time / 60, default: 0] += count
        let oldest = (minutes.keys.max() ?? 0) - Self.memory
        minutes = minutes.filter { $0.key > oldest }
    }

    /// A minute's name among the counters.
    package static func name(_ minute: Int64) -> CounterName { CounterName("\(prefix)\(minute)") }

    package static func isPace(_ name: CounterName) -> Bool { name.text.hasPrefix(prefix) }

    /// Minutes to be forgotten: those before the memory began, as many as it is likely to have missed.
    package var forgotten: [Int64] {
        guard let latest = minutes.keys.max() else { return [] }
        return (1...3 * Self.memory).map { latest - Self.memory - $0 + 1 }
    }

    /// Recipients a second over the last minutes; nil when there were none.
    ///
    /// - Parameters:
    ///   - start: epoch seconds when the campaign began.
    ///   - now: epoch seconds.
    static func rate(of counters: [CounterName: Int], since start: Int64, at now: Int64) -> Double? {
        let present = now / 60
        let counts = (present - window + 1...present).map { ($0, counters[name($0)] ?? 0) }
        guard let first = counts.first(where: { $0.1 > 0 })?.0 else { return nil }
        let seconds = max(1, now - max(first * 60, start))
        return Double(counts.reduce(0) { $0 + $1.1 }) / Double(seconds)
    }
}
