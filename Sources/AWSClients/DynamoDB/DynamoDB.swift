import JSON

/// Amazon DynamoDB, API version 2012-08-10.
///
/// Every operation is repeated also after an unknown outcome, unless it says otherwise; see
/// `AWSError.followsUnknownOutcome` for what that means to a condition.
package struct DynamoDB: Sendable {
    package typealias Item = [String: AttributeValue]

    let client: AWSClient

    func call(
        _ operation: String, _ input: JSONObject, repetition: AWSRequest.Repetition = .always
    ) async throws(AWSError) -> JSON {
        try await client.call(operation, target: "DynamoDB_20120810", input, repetition: repetition)
    }

    /// The item in an answer; nil when there is none.
    func item(_ wire: JSON?, of operation: String) throws(AWSError) -> Item? {
        guard let wire else { return nil }
        guard let item = Item(wire: wire) else {
            throw client.malformed(operation, "an attribute of unknown type")
        }
        return item
    }

    /// The items in an answer.
    func items(_ wire: JSON?, of operation: String) throws(AWSError) -> [Item] {
        var items: [Item] = []
        for element in wire?.array ?? [] {
            if let item = try item(element, of: operation) { items.append(item) }
        }
        return items
    }
}
