/// A property parameter with its values, unquoted and with RFC 6868 decoded.
///
/// Nearly every parameter has one value, so the first one is stored in place: no array is allocated for it.
package struct ContentParameter: Sendable {
    /// As received; names are compared without regard to case.
    package var name: String
    /// The first value.
    package var value: String
    /// The values after the first, as in `MEMBER="mailto:a@example.org","mailto:b@example.org"`.
    package var furtherValues: [String]

    package init(_ name: String, _ value: String, _ furtherValues: [String] = []) {
        self.name = name
        self.value = value
        self.furtherValues = furtherValues
    }

    /// All values, in order.
    package var values: [String] { [value] + furtherValues }

    package func isNamed(_ other: String) -> Bool { name == other || name.equalsIgnoringASCIICase(other) }
}

extension ContentParameter: Equatable {
    package static func == (one: ContentParameter, other: ContentParameter) -> Bool {
        one.value == other.value && one.furtherValues == other.furtherValues && one.isNamed(other.name)
    }
}
