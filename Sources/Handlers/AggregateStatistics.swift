import InviteService
import JSON
import LambdaEvents
import LambdaRuntime
import Store

/// The main table's stream: counters for events, organizers, domains, campaigns and days.
package struct AggregateStatistics: Sendable {
    package enum Failure: Error, Sendable {
        case unusableSequenceNumber(String)
        /// The event source must have a tumbling window, which is what makes Lambda name the shard.
        case noShard
    }

    private let aggregation: StatisticsAggregation
    private let onlyShard: String?

    /// - Parameter onlyShard: for a stream known to have a single shard, where events do not name it.
    package init(aggregation: StatisticsAggregation, onlyShard: String?) {
        self.aggregation = aggregation
        self.onlyShard = onlyShard
    }

    package static func live(_ environment: Environment) throws -> AggregateStatistics {
        AggregateStatistics(
            aggregation: StatisticsAggregation(ports: try .live(environment)), onlyShard: environment["STREAM_SHARD"])
    }

    package func handle(_ event: JSON, _ context: LambdaContext) async throws -> JSON {
        let batch = try DynamoDBStreamEvent(event)
        let changes = try batch.records.map { record in
            guard let sequence = SequenceNumber(record.sequenceNumber) else {
                throw Failure.unusableSequenceNumber(record.sequenceNumber)
            }
            return StatisticsAggregation.Change(
                sequence: sequence, old: try StreamImage.item(record.oldImage),
                new: try StreamImage.item(record.newImage))
        }
        guard let shard = batch.shardID ?? onlyShard else { throw Failure.noShard }
        try await aggregation.run(shard: shard, changes: changes)
        // A function with a tumbling window must hand on a state; everything is in the table, so it is empty.
        return ["state": [:]]
    }
}
