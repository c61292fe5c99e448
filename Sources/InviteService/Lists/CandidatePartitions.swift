import Audience

/// Puts partitions together from the stored runs, one at a time.
struct CandidatePartitions {
    private let campaign: String
    private let count: Int
    private let read: @Sendable (_ campaign: String, _ name: String, Range<Int>) async throws -> [UInt8]
    /// Where each run has its partitions.
    private var indexes: [String: [Range<Int>]] = [:]
    private var current: (partition: Int, unique: UniqueCandidates)?

    init(
        campaign: String, count: Int,
        read: @escaping @Sendable (_ campaign: String, _ name: String, Range<Int>) async throws -> [UInt8]
    ) {
        self.campaign = campaign
        self.count = count
        self.read = read
    }

    /// - Parameter runs: all runs, in the order of the list.
    mutating func unique(_ partition: Int, of runs: [String]) async throws -> UniqueCandidates {
        if let current, current.partition == partition { return current.unique }
        current = nil
        var unique = UniqueCandidates()
        for batch in stride(from: 0, to: runs.count, by: Self.concurrency) {
            for stretch in try await stretches(
                of: partition, in: runs[batch..<min(batch + Self.concurrency, runs.count)])
            {
                unique.add(stretch)
            }
        }
        current = (partition, unique)
        return unique
    }

    private static let concurrency = 8

    private mutating func stretches(of partition: Int, in runs: ArraySlice<String>) async throws -> [[UInt8]] {
        let (campaign, read, known) = (campaign, read, indexes)
        let index = 0..<CandidateRun.indexSize(partitions: count)
        let found = try await withThrowingTaskGroup(of: (Int, [Range<Int>], [UInt8]).self) { tasks in
            for (place, run) in runs.enumerated() {
                tasks.addTask {
                    let ranges: [Range<Int>]
                    if let before = known[run] {
                        ranges = before
                    } else {
                        ranges = CandidateRun.ranges(index: try await read(campaign, run, index))
                    }
                    guard ranges.indices.contains(partition), !ranges[partition].isEmpty else {
                        return (place, ranges, [])
                    }
                    return (place, ranges, try await read(campaign, run, ranges[partition]))
                }
            }
            var found: [(Int, [Range<Int>], [UInt8])] = []
            for try await stretch in tasks { found.append(stretch) }
            return found.sorted { $0.0 < $1.0 }
        }
        for (run, stretch) in zip(runs, found) { indexes[run] = stretch.1 }
        return found.map(\.2)
    }
}
