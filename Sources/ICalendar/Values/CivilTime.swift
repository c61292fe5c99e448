/// A time of day, without a zone.
package struct CivilTime: Sendable, Hashable {
    package let hour: Int
    package let minute: Int
    package let second: Int

    package static let midnight = CivilTime(secondsSinceMidnight: 0)

    /// `nil` if there is no such time. A leap second becomes second 59: POSIX time has none.
    package init?(hour: Int, minute: Int, second: Int) {
        guard 0...23 ~= hour, 0...59 ~= minute, 0...60 ~= second else { return nil }
        (self.hour, self.minute, self.second) = (hour, minute, min(second, 59))
    }

    /// - Parameter seconds: 0 to 86,399; others are taken modulo a day.
    package init(secondsSinceMidnight seconds: Int) {
        let rest = seconds % 86_400
        let seconds = rest < 0 ? rest + 86_400 : rest
        (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60)
    }

    package var secondsSinceMidnight: Int { hour * 3600 + minute * 60 + second }
}

extension CivilTime: Comparable {
    package static func < (one: CivilTime, other: CivilTime) -> Bool {
        one.secondsSinceMidnight < other.secondsSinceMidnight
    }
}
