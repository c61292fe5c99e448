/// Bounds on what `ICalendar.parse` reads. At the first one that is exceeded parsing stops with `limitExceeded`, and
/// what was read so far is returned.
package struct Limits: Sendable {
    /// Octets of the whole input.
    package var size = 32 << 20
    /// Octets of one unfolded content line; inline attachments are what makes lines long.
    package var lineLength = 16 << 20
    /// Components inside each other.
    package var depth = 16
    /// Properties, parameters and their values of all components together, where a component counts for ten: what bounds
    /// the memory that short lines can take.
    package var properties = 1_000_000
    /// Parameters of one property; further ones are left out.
    package var parameters = 256
    /// Values of one parameter; further ones are left out.
    package var values = 1000
    /// Problems that are kept; further ones are dropped.
    package var problems = 200

    package init() {}

    package static let `default` = Limits()
}
