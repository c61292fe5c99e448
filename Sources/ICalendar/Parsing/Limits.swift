/// Bounds on what `ICalendar.parse` reads. At the first one that is exceeded parsing stops with `limitExceeded`, and
/// what was read so far is returned.
package struct Limits: Sendable {
    /// Octets of the whole input.
    package var size = 32 << 20
    /// Octets of one unfolded content line; inline attachments are what makes lines long.
    package var lineLength = 16 << 20
    /// Components inside each other.
    package var depth = 16
    /// Properties of all components together.
    package var properties = 1_000_000
    /// Parameters of one property.
    package var parameters = 256
    /// Problems that are kept; further ones are dropped.
    package var problems = 200

    package init() {}

    package static let `default` = Limits()
}
