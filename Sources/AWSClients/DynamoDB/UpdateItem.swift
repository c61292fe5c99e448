import JSON

extension DynamoDB {
    package enum ReturnValues: String, Sendable {
        case none = "NONE"
        case allOld = "ALL_OLD"
        case updatedOld = "UPDATED_OLD"
        case allNew = "ALL_NEW"
        case updatedNew = "UPDATED_NEW"
    }

    /// Changes attributes of one item, which comes into being if it is not there.
    package struct UpdateItem: Sendable, Hashable {
        package var table: String
        package var key: Item
        /// `SET`, `REMOVE`, `ADD` and `DELETE` clauses; nil only touches the key.
        package var update: String?
        package var condition: String?
        package var names: [String: String]
        package var values: Item
        /// Not for a transaction, which returns nothing.
        package var returnValues: ReturnValues
        /// Gives the item found to `AWSError.Kind.conditionFailed` or to the cancellation reason.
        package var returnsOldOnFailure: Bool
        /// Whether it may be sent again when its outcome is unknown. False for a change that adds up, such as `ADD`
        /// without a condition that holds only once.
        package var isRepeatable: Bool

        package init(
            table: String, key: Item, update: String?, condition: String? = nil, names: [String: String] = [:],
            values: Item = [:], returnValues: ReturnValues = .none, returnsOldOnFailure: Bool = false,
            isRepeatable: Bool = true
        ) {
            self.table = table
            self.key = key
            self.update = update
            self.condition = condition
            self.names = names
            self.values = values
            self.returnValues = returnValues
            self.returnsOldOnFailure = returnsOldOnFailure
            self.isRepeatable = isRepeatable
        }

        /// Without `ReturnValues`.
        var wire: JSONObject {
            var input: JSONObject = ["TableName": .string(table), "Key": key.wire]
            input["UpdateExpression"] = update.map { .string($0) }
            input["ConditionExpression"] = condition.map { .string($0) }
            input.setPlaceholders(names: names, values: values)
            input.setReturnsOldOnFailure(returnsOldOnFailure)
            return input
        }
    }

    /// `UpdateItem`; returns the attributes asked for by `returnValues`, nil when there are none.
    @discardableResult
    package func updateItem(_ update: UpdateItem) async throws(AWSError) -> Item? {
        var input = update.wire
        if update.returnValues != .none { input["ReturnValues"] = .string(update.returnValues.rawValue) }
        let output = try await call(
            "UpdateItem", input, repetition: update.isRepeatable ? .always : .whenRefused)
        return try item(output["Attributes"], of: "UpdateItem")
    }
}
