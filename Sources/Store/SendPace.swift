/// How much of its part of the sending rate a process uses: half as much after a refusal because of the rate, and all of
/// it again within half a minute.
package struct SendPace: Sendable {
    /// Of those in flight together, refusals so near to each other are one.
    private static let refusalSpan = Duration.seconds(1)
    private static let recovery = Duration.seconds(30)
    private static let least = 1.0 / 32

    private var lowest = 1.0
    private var slowed: ContinuousClock.Instant?

    package init() {}

    /// More than 0, at most 1.
    package func share(at now: ContinuousClock.Instant) -> Double {
        guard let slowed else { return 1 }
        return min(1, lowest + (now - slowed) / Self.recovery)
    }

    package mutating func slowDown(at now: ContinuousClock.Instant) {
        if let slowed, now - slowed < Self.refusalSpan { return }
        lowest = max(share(at: now) / 2, Self.least)
        slowed = now
    }
}
