import JSON

extension JSONObject {
    /// Writes what `#name` and `:value` stand for in a request's expressions; DynamoDB refuses empty maps.
    mutating func setPlaceholders(names: [String: String], values: DynamoDB.Item) {
        if !names.isEmpty {
            var object = JSONObject()
            for (placeholder, name) in names { object[placeholder] = .string(name) }
            self["ExpressionAttributeNames"] = .object(object)
        }
        if !values.isEmpty { self["ExpressionAttributeValues"] = values.wire }
    }

    /// Asks for the item that a condition failed on.
    mutating func setReturnsOldOnFailure(_ isWanted: Bool) {
        if isWanted { self["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD" }
    }
}
