import JSON

extension DynamoDB {
    /// Reads one item; nil when there is none (`GetItem`).
    ///
    /// - Parameters:
    ///   - consistent: sees every write acknowledged before, at twice the price.
    ///   - projection: the attributes to return, with `names` for its placeholders; nil for all.
    package func getItem(
        table: String, key: Item, consistent: Bool = false, projection: String? = nil, names: [String: String] = [:]
    ) async throws(AWSError) -> Item? {
        var input: JSONObject = ["TableName": .string(table), "Key": key.wire]
        if consistent { input["ConsistentRead"] = true }
        input["ProjectionExpression"] = projection.map { .string($0) }
        input.setPlaceholders(names: names, values: [:])
        return try item(try await call("GetItem", input)["Item"], of: "GetItem")
    }
}
