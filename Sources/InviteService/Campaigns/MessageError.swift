import JSON

/// A queue message that is not of its queue's form.
package struct MessageError: Error, Sendable, Equatable, CustomStringConvertible {
    package let queue: String
    package let fields: [String]

    /// Keeps the names of the fields only: values can be addresses.
    init(queue: String, body: JSON) {
        self.queue = queue
        fields = body.object?.map(\.name) ?? []
    }

    package var description: String { "not a message of the \(queue) queue: fields \(fields)" }
}
