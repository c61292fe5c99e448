import AWSClients
import InviteService
import MailMessage

/// Counters and checkpoints. A scope's counts lie in 16 slots, one for each group of stream shards, so that shards do
/// not write to the same item; readers sum them.
package struct StatisticsTable: Sendable {
    private let dynamoDB: DynamoDB
    private let name: String
    private static let slots = 16

    package init(dynamoDB: DynamoDB, name: String) {
        self.dynamoDB = dynamoDB
        self.name = name
    }

    /// A campaign's pace is among its counters.
    package func readCounters(_ scope: CounterScope) async throws -> [CounterName: Int] {
        var counters: [CounterName: Int] = [:]
        let query = DynamoDB.Query(
            table: name, keyCondition: "pk = :pk", values: [":pk": .s(scope.text)], consistent: true)
        for try await page in dynamoDB.pages(query) {
            for item in page.items {
                for (attribute, value) in item {
                    guard let count = value.int else { continue }
                    counters[CounterName(attribute), default: 0] += count
                }
            }
        }
        return counters
    }

    package func readCheckpoint(_ shard: String) async throws -> SequenceNumber? {
        let item = try await dynamoDB.getItem(table: name, key: Key.checkpoint(shard), consistent: true)
        return item?["sequence"]?.string.flatMap { SequenceNumber($0) }
    }

    package func readPublished(_ shard: String) async throws -> SequenceNumber? {
        let item = try await dynamoDB.getItem(table: name, key: Key.published(shard), consistent: true)
        return item?["sequence"]?.string.flatMap { SequenceNumber($0) }
    }

    /// False when it was no longer `from`.
    package func movePublished(
        _ shard: String, from: SequenceNumber?, to: SequenceNumber
    ) async throws -> Bool {
        var move = DynamoDB.UpdateItem(
            table: name, key: Key.published(shard), update: "SET #sequence = :to",
            condition: "attribute_not_exists(#sequence)", names: ["#sequence": "sequence"],
            values: [":to": .s(to.padded)])
        if let from {
            move.condition = "#sequence = :from"
            move.values[":from"] = .s(from.padded)
        }
        do {
            try await dynamoDB.updateItem(move)
            return true
        } catch let error {
            guard case .conditionFailed = error.kind else { throw error }
            return false
        }
    }

    package func commit(_ commit: StatisticsAggregation.Commit) async throws -> StatisticsAggregation.CommitResult {
        var checkpoint = DynamoDB.UpdateItem(
            table: name, key: Key.checkpoint(commit.shard), update: "SET #sequence = :to",
            condition: "attribute_not_exists(#sequence)", names: ["#sequence": "sequence"],
            values: [":to": .s(commit.to.padded)])
        if let from = commit.from {
            checkpoint.condition = "#sequence = :from"
            checkpoint.values[":from"] = .s(from.padded)
        }
        let slot = Self.slot(of: commit.shard)
        let counters = commit.deltas.values.map { scope, names in
            var pace: SendingPace?
            if case .campaign(let id) = scope { pace = commit.paces[id] }
            return add(names, to: scope, slot: slot, pace: pace)
        }
        do {
            try await dynamoDB.transactWrite([.update(checkpoint)] + counters.map { .update($0) })
            return .committed
        } catch let error {
            guard case .transactionCanceled(let reasons) = error.kind, reasons.first?.isConditionFailure == true else {
                throw error
            }
            return .checkpointMoved
        }
    }

    /// Adds to the counters, in a slot of its own: readers sum the slots.
    package func repair(_ difference: Counters) async throws {
        for (scope, names) in difference.values {
            var update = add(names, to: scope, slot: "slot#repair")
            update.isRepeatable = false
            try await dynamoDB.updateItem(update)
        }
    }

    private func add(
        _ names: [CounterName: Int], to scope: CounterScope, slot: String, pace: SendingPace? = nil
    ) -> DynamoDB.UpdateItem {
        var names = names
        for (minute, count) in pace?.minutes ?? [:] { names[SendingPace.name(minute)] = count }
        var clauses: [String] = []
        var placeholders: [String: String] = [:]
        var values: DynamoDB.Item = [:]
        for (index, (counter, amount)) in names.sorted(by: { $0.key.text < $1.key.text }).enumerated() {
            clauses.append("#c\(index) :c\(index)")
            placeholders["#c\(index)"] = counter.text
            values[":c\(index)"] = .int(amount)
        }
        var update = "ADD " + clauses.joined(separator: ", ")
        if let forgotten = pace?.forgotten, !forgotten.isEmpty {
            for (index, minute) in forgotten.enumerated() {
                placeholders["#f\(index)"] = SendingPace.name(minute).text
            }
            update += " REMOVE " + forgotten.indices.map { "#f\($0)" }.joined(separator: ", ")
        }
        return DynamoDB.UpdateItem(
            table: name, key: Key.item(scope.text, slot), update: update,
            names: placeholders, values: values)
    }

    private static func slot(of shard: String) -> String {
        // FNV-1a: the same shard must find its slot in every process.
        let hash = shard.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
        let slot = Int(hash % UInt32(slots))
        return "slot#\(slot < 10 ? "0" : "")\(slot)"
    }
}
