/// A stored item that lacks an attribute this version needs.
package struct ItemError: Error, Sendable, Equatable, CustomStringConvertible {
    package let item: String
    package let attribute: String

    package var description: String { "a stored \(item) has no usable attribute \"\(attribute)\"" }
}
