import JSON

extension DynamoDB {
    /// What one action of a cancelled transaction had to do with it.
    package struct CancellationReason: Sendable, Hashable {
        /// `None` for an action that stood in nobody's way; `ConditionalCheckFailed`, `TransactionConflict`, …
        package var code: String
        package var message: String?
        /// The item the condition failed on, when it was asked for.
        package var item: Item?

        package init(code: String, message: String? = nil, item: Item? = nil) {
            self.code = code
            self.message = message
            self.item = item
        }

        init(wire: JSON) {
            code = wire["Code"]?.string ?? "None"
            message = wire["Message"]?.string
            item = wire["Item"].flatMap { Item(wire: $0) }
        }

        package var isConditionFailure: Bool { code == "ConditionalCheckFailed" }
    }
}

extension [DynamoDB.CancellationReason] {
    /// Whether the transaction only met others or the rate, so that it may succeed when sent again.
    package var isOnlyContention: Bool {
        let codes = map(\.code).filter { $0 != "None" }
        let passing: Set<String> = ["ProvisionedThroughputExceeded", "ThrottlingError", "TransactionConflict"]
        return !codes.isEmpty && codes.allSatisfy { passing.contains($0) }
    }
}
