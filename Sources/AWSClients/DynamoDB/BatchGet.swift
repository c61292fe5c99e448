import JSON

extension DynamoDB {
    /// DynamoDB's limit for one `BatchGetItem`.
    private static let keysPerBatch = 100

    /// Reads any number of items of one table (`BatchGetItem`).
    ///
    /// What DynamoDB leaves unread is asked for again after a wait, until time or attempts run out.
    ///
    /// - Parameters:
    ///   - keys: repeated ones are asked for once.
    ///   - projection: the attributes to return, with `names` for its placeholders; nil for all.
    /// - Returns: the items that exist, in no order.
    package func batchGet(
        table: String, keys: [Item], consistent: Bool = false, projection: String? = nil, names: [String: String] = [:]
    ) async throws(AWSError) -> [Item] {
        var seen: Set<Item> = []
        var pending = keys.filter { seen.insert($0).inserted }[...]
        var items: [Item] = []
        var attempt = 0
        while !pending.isEmpty {
            let batch = Array(pending.prefix(DynamoDB.keysPerBatch))
            pending = pending.dropFirst(batch.count)
            var request: JSONObject = ["Keys": .array(batch.map(\.wire))]
            if consistent { request["ConsistentRead"] = true }
            request["ProjectionExpression"] = projection.map { .string($0) }
            request.setPlaceholders(names: names, values: [:])
            let output = try await call("BatchGetItem", ["RequestItems": [table: .object(request)]])
            items += try self.items(output["Responses"]?[table], of: "BatchGetItem")

            let unread = try self.items(output["UnprocessedKeys"]?[table]?["Keys"], of: "BatchGetItem")
            if unread.isEmpty {
                attempt = 0
                continue
            }
            // A batch that was read in part is progress, and starts the count anew.
            attempt = unread.count < batch.count ? 1 : attempt + 1
            pending = (unread + pending)[...]
            guard await client.backOff(afterAttempt: attempt) else {
                throw client.error(
                    "BatchGetItem", code: "UnprocessedKeys", message: "\(pending.count) keys left unread",
                    kind: .throttled)
            }
        }
        return items
    }
}
