import AWSClients
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

    /// A change that is not counted: its record, as the dead-letter queue keeps it.
    package typealias SetAside = @Sendable (JSON) async throws -> Void

    private let aggregation: StatisticsAggregation
    private let publication: ChangePublication
    private let setAside: SetAside
    private let onlyShard: String?

    /// - Parameter onlyShard: for a stream known to have a single shard, where events do not name it.
    package init(
        aggregation: StatisticsAggregation, publication: ChangePublication, setAside: @escaping SetAside,
        onlyShard: String?
    ) {
        self.aggregation = aggregation
        self.publication = publication
        self.setAside = setAside
        self.onlyShard = onlyShard
    }

    package static func live(_ environment: Environment) throws -> AggregateStatistics {
        let queues = Queues(sqs: environment.clients.sqs)
        let deadLetters = try environment.required("DEAD_LETTER_QUEUE_URL")
        return AggregateStatistics(
            aggregation: StatisticsAggregation(ports: try .live(environment)),
            publication: ChangePublication(ports: try .live(environment)),
            setAside: { try await queues.send($0, to: deadLetters) }, onlyShard: environment["STREAM_SHARD"])
    }

    package func handle(_ event: JSON, _ context: LambdaContext) async throws -> JSON {
        let batch = try DynamoDBStreamEvent(event)
        guard let shard = batch.shardID ?? onlyShard else { throw Failure.noShard }
        var changes: [StatisticsAggregation.Change] = []
        for record in batch.records { changes.append(try await change(record, shard: shard)) }
        try await aggregation.run(shard: shard, changes: changes)
        try await publication.run(shard: shard, changes: changes)
        // A function with a tumbling window must hand on a state; everything is in the table, so it is empty.
        return ["state": [:]]
    }

    /// An image that cannot be read is set aside and its change counts as none: it must not hold up its shard until the
    /// stream forgets what comes after it.
    private func change(
        _ record: DynamoDBStreamEvent.Record, shard: String
    ) async throws -> StatisticsAggregation.Change {
        guard let sequence = SequenceNumber(record.sequenceNumber) else {
            throw Failure.unusableSequenceNumber(record.sequenceNumber)
        }
        do {
            return StatisticsAggregation.Change(
                sequence: sequence, old: try StreamImage.item(record.oldImage),
                new: try StreamImage.item(record.newImage), time: record.time)
        } catch {
            let cause = String(describing: error)
            LambdaLog.write(
                .error, "a change cannot be counted: recount its event",
                ["shard": .string(shard), "sequence": .string(record.sequenceNumber), "error": .string(cause)])
            try await setAside([
                "shard": .string(shard), "sequence": .string(record.sequenceNumber), "error": .string(cause),
                "keys": record.keys ?? .null,
            ])
            return StatisticsAggregation.Change(sequence: sequence, old: nil, new: nil, time: record.time)
        }
    }
}
