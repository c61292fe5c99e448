/// A day of the week, in the order of ISO 8601.
package enum Weekday: Int, Sendable, Hashable, CaseIterable {
    case monday, tuesday, wednesday, thursday, friday, saturday, sunday

    /// The two letters of RFC 5545 section 3.3.10.
    package var code: String { Self.codes[rawValue] }

    package init?(code: String) {
        guard let index = Self.codes.firstIndex(of: code.asciiUppercased) else { return nil }
        self.init(rawValue: index)
    }

    private static let codes = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
}
