/// What clocks in a zone do for a while.
struct ZonePhase: Sendable, Hashable {
    /// Seconds ahead of UTC.
    var offset: Int
    /// Called daylight time: never below the standard time it replaces.
    var isDaylight: Bool
    /// The abbreviation, such as `CEST` or `+03`.
    var name: String
}
