/// Folds the changes of a table's stream into counters, each change exactly once.
///
/// Every shard has a checkpoint: the sequence number up to which its changes are counted. One transaction moves it
/// from its old to its new value, on condition that it still has the old one, and adds the counts. A batch delivered
/// again, cut differently or retried after a lost answer finds the checkpoint moved and counts only what lies behind it.
package struct StatisticsAggregation: Sendable {
    package struct Ports: Sendable {
        /// nil when the shard was never counted.
        package var readCheckpoint: @Sendable (_ shard: String) async throws -> SequenceNumber?
        package var commit: @Sendable (Commit) async throws -> CommitResult

        package init(
            readCheckpoint: @escaping @Sendable (_ shard: String) async throws -> SequenceNumber?,
            commit: @escaping @Sendable (Commit) async throws -> CommitResult
        ) {
            self.readCheckpoint = readCheckpoint
            self.commit = commit
        }
    }

    package struct Change: Sendable {
        package var sequence: SequenceNumber
        package var old: CountedItem?
        package var new: CountedItem?
        /// Epoch seconds.
        package var time: Int64

        package init(sequence: SequenceNumber, old: CountedItem?, new: CountedItem?, time: Int64 = 0) {
            self.sequence = sequence
            self.time = time
            self.old = old
            self.new = new
        }

        var delta: Counters {
            var delta = Counters()
            if let new { delta.add(new.contribution) }
            if let old { delta.add(old.contribution, times: -1) }
            return delta
        }
    }

    package struct Commit: Sendable, Equatable {
        package var shard: String
        package var from: SequenceNumber?
        package var to: SequenceNumber
        package var deltas: Counters
        /// By campaign.
        package var paces: [String: SendingPace]

        package init(
            shard: String, from: SequenceNumber?, to: SequenceNumber, deltas: Counters,
            paces: [String: SendingPace] = [:]
        ) {
            self.shard = shard
            self.from = from
            self.to = to
            self.deltas = deltas
            self.paces = paces
        }
    }

    package enum CommitResult: Sendable {
        case committed
        /// The checkpoint was no longer `from`; nothing was written.
        case checkpointMoved
    }

    package enum Failure: Error, Sendable, Equatable {
        /// The commit finds another checkpoint than reading does: its item is damaged.
        case unusableCheckpoint(shard: String)
    }

    /// TransactWriteItems takes 100 items; one is the checkpoint.
    package static let scopesPerCommit = 99

    private let ports: Ports

    package init(ports: Ports) { self.ports = ports }

    /// - Parameter changes: in the order of the stream.
    package func run(shard: String, changes: [Change]) async throws {
        var checkpoint = try await ports.readCheckpoint(shard)
        var rest = changes[...]
        while true {
            rest = rest.drop { change in checkpoint.map { change.sequence <= $0 } ?? false }
            guard !rest.isEmpty else { return }
            let (deltas, count) = fold(rest)
            let last = rest[rest.startIndex + count - 1].sequence
            let commit = Commit(
                shard: shard, from: checkpoint, to: last, deltas: deltas, paces: paces(of: rest.prefix(count)))
            switch try await ports.commit(commit) {
            case .committed:
                checkpoint = last
                rest = rest.dropFirst(count)
            case .checkpointMoved:
                // Either another delivery of this batch is ahead, or our own commit was stored and its answer lost.
                let moved = try await ports.readCheckpoint(shard)
                guard moved != checkpoint else { throw Failure.unusableCheckpoint(shard: shard) }
                checkpoint = moved
            }
        }
    }

    /// When each campaign's recipients were done with.
    private func paces(of changes: ArraySlice<Change>) -> [String: SendingPace] {
        var paces: [String: SendingPace] = [:]
        for change in changes {
            for case (.campaign(let id), let names) in change.delta.values {
                let finished = CounterName.finished.reduce(0) { $0 + (names[$1] ?? 0) }
                if finished > 0 { paces[id, default: SendingPace()].add(finished, at: change.time) }
            }
        }
        return paces
    }

    /// Sums as many changes as fit into one transaction.
    private func fold(_ changes: ArraySlice<Change>) -> (Counters, count: Int) {
        var deltas = Counters()
        for (index, change) in changes.enumerated() {
            let delta = change.delta
            let newScopes = delta.values.keys.count { deltas[$0].isEmpty }
            if deltas.values.count + newScopes > Self.scopesPerCommit { return (deltas, index) }
            deltas.add(delta)
        }
        return (deltas, changes.count)
    }
}

/// A stream record's sequence number, up to 40 digits, comparable as text once padded.
package struct SequenceNumber: Sendable, Hashable, Comparable {
    /// 40 digits with leading zeros.
    package let padded: String

    /// nil unless the text is 1 to 40 decimal digits.
    package init?(_ text: String) {
        guard (1...40).contains(text.utf8.count), text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        padded = String(repeating: "0", count: 40 - text.utf8.count) + text
    }

    package static func < (left: SequenceNumber, right: SequenceNumber) -> Bool { left.padded < right.padded }
}
