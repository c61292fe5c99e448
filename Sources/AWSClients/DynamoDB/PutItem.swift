import JSON

extension DynamoDB {
    /// Writes one whole item, in place of any with the same key.
    package struct PutItem: Sendable, Hashable {
        package var table: String
        package var item: Item
        package var condition: String?
        package var names: [String: String]
        package var values: Item
        /// Gives the item found to `AWSError.Kind.conditionFailed` or to the cancellation reason.
        package var returnsOldOnFailure: Bool

        package init(
            table: String, item: Item, condition: String? = nil, names: [String: String] = [:], values: Item = [:],
            returnsOldOnFailure: Bool = false
        ) {
            self.table = table
            self.item = item
            self.condition = condition
            self.names = names
            self.values = values
            self.returnsOldOnFailure = returnsOldOnFailure
        }

        var wire: JSONObject {
            var input: JSONObject = ["TableName": .string(table), "Item": item.wire]
            input["ConditionExpression"] = condition.map { .string($0) }
            input.setPlaceholders(names: names, values: values)
            input.setReturnsOldOnFailure(returnsOldOnFailure)
            return input
        }
    }

    /// `PutItem`.
    package func putItem(_ put: PutItem) async throws(AWSError) { _ = try await call("PutItem", put.wire) }
}
