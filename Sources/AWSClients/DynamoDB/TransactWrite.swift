import JSON

extension DynamoDB {
    package struct DeleteItem: Sendable, Hashable {
        package var table: String
        package var key: Item
        package var condition: String?
        package var names: [String: String]
        package var values: Item
        package var returnsOldOnFailure: Bool

        package init(
            table: String, key: Item, condition: String? = nil, names: [String: String] = [:], values: Item = [:],
            returnsOldOnFailure: Bool = false
        ) {
            self.table = table
            self.key = key
            self.condition = condition
            self.names = names
            self.values = values
            self.returnsOldOnFailure = returnsOldOnFailure
        }

        var wire: JSONObject {
            var input: JSONObject = ["TableName": .string(table), "Key": key.wire]
            input["ConditionExpression"] = condition.map { .string($0) }
            input.setPlaceholders(names: names, values: values)
            input.setReturnsOldOnFailure(returnsOldOnFailure)
            return input
        }
    }

    /// One action of a transaction; no two may be on the same item.
    package enum TransactAction: Sendable, Hashable {
        case put(PutItem)
        case update(UpdateItem)
        case delete(DeleteItem)

        var wire: JSON {
            switch self {
            case .put(let put): ["Put": .object(put.wire)]
            case .update(let update): ["Update": .object(update.wire)]
            case .delete(let delete): ["Delete": .object(delete.wire)]
            }
        }
    }

    /// Carries out all actions, at most 100, or none (`TransactWriteItems`).
    ///
    /// - Parameter clientToken: at most 36 characters; a repetition with the same token within ten minutes succeeds
    ///   without doing it again. Nil takes a random one, which makes the repetitions of this call harmless.
    package func transactWrite(_ actions: [TransactAction], clientToken: String? = nil) async throws(AWSError) {
        let token = clientToken ?? DynamoDB.randomToken()
        let input: JSONObject = [
            "TransactItems": .array(actions.map(\.wire)), "ClientRequestToken": .string(token),
        ]
        _ = try await call("TransactWriteItems", input)
    }

    private static func randomToken() -> String {
        func half() -> String { String(UInt64.random(in: .min ... .max), radix: 36) }
        return "\(half())-\(half())"
    }
}
