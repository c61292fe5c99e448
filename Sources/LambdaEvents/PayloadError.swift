/// A payload that lacks what its trigger always sends: the function is wired to something else.
package struct PayloadError: Error, Sendable, Equatable, CustomStringConvertible {
    package let payload: String
    package let missing: String

    package init(payload: String, missing: String) {
        self.payload = payload
        self.missing = missing
    }

    package var description: String { "not a \(payload): \(missing) is missing" }
}
