/// A stored item that lacks an attribute this version needs.
package struct ItemError: Error, Sendable, Equatable, CustomStringConvertible {
    package let item: String
    package let attribute: String

    package init(item: String, attribute: String) {
        self.item = item
        self.attribute = attribute
    }

    package var description: String { "a stored \(item) has no usable attribute \"\(attribute)\"" }
}
