import InviteService
import MailMessage
import Synchronization
import Testing

@Suite("Counting a stream")
struct StatisticsAggregationTests {
    /// Counters and checkpoints as the table keeps them, with a fault at a chosen commit.
    private final class Table: Sendable {
        struct State {
            var checkpoints: [String: SequenceNumber] = [:]
            var counters = Counters()
            var commits: [StatisticsAggregation.Commit] = []
            /// The commit that goes wrong, counted from 0: not stored, or stored and its answer lost.
            var failsAt: Int?
            var isStoredBeforeFailing = false
            var calls = 0
        }

        struct Crash: Error {}

        let state = Mutex(State())

        var counters: Counters { state.withLock(\.counters) }
        var commits: [StatisticsAggregation.Commit] { state.withLock(\.commits) }

        private func commit(_ commit: StatisticsAggregation.Commit) throws -> StatisticsAggregation.CommitResult {
            try state.withLock { state in
                defer { state.calls += 1 }
                let fails = state.calls == state.failsAt
                if fails, !state.isStoredBeforeFailing { throw Crash() }
                guard state.checkpoints[commit.shard] == commit.from else { return .checkpointMoved }
                state.checkpoints[commit.shard] = commit.to
                state.counters.add(commit.deltas)
                state.commits.append(commit)
                if fails { throw Crash() }
                return .committed
            }
        }

        var aggregation: StatisticsAggregation {
            StatisticsAggregation(
                ports: .init(
                    readCheckpoint: { shard in self.state.withLock { $0.checkpoints[shard] } },
                    commit: { try self.commit($0) }))
        }
    }

    private typealias Change = StatisticsAggregation.Change

    private func number(_ value: Int) throws -> SequenceNumber {
        // As long as DynamoDB's own, and not all of one length.
        try #require(SequenceNumber("\(value)00000000000000000000\(value % 7)"))
    }

    /// A life of some attendees: claimed, sent or failed, answered, answered otherwise.
    private func history() throws -> (changes: [Change], items: [Attendee]) {
        var changes: [Change] = []
        var items: [String: Attendee] = [:]
        func write(_ attendee: Attendee) throws {
            let old = items[attendee.address.normalized]
            items[attendee.address.normalized] = attendee
            changes.append(
                Change(
                    sequence: try number(changes.count + 1), old: old.map { .attendee($0) }, new: .attendee(attendee)))
        }
        for index in 0..<30 {
            let address = "p\(index)@example.com"
            let campaign = "c\(index % 3)"
            try write(
                Samples.attendee(address, campaign: campaign, delivery: .claimed, sentRevision: nil, firstSent: nil))
            guard index % 5 > 0 else {
                try write(
                    Samples.attendee(address, campaign: campaign, delivery: .failed, sentRevision: nil, firstSent: nil))
                continue
            }
            try write(Samples.attendee(address, campaign: campaign))
            guard index % 2 == 0 else { continue }
            try write(
                Samples.attendee(
                    address, campaign: campaign, response: .accepted, replied: 1_795_400_000, client: "Google Calendar")
            )
            guard index % 4 == 0 else { continue }
            try write(
                Samples.attendee(
                    address, campaign: campaign, response: .declined, replied: 1_795_500_000, client: "Apple Calendar"))
        }
        return (changes, Array(items.values))
    }

    private func recount(_ items: [Attendee]) -> Counters {
        var counters = Counters()
        for item in items { counters.add(CountedItem.attendee(item).contribution) }
        return counters
    }

    private func batches(_ changes: [Change], of size: Int) -> [[Change]] {
        stride(from: 0, to: changes.count, by: size).map { Array(changes[$0..<min($0 + size, changes.count)]) }
    }

    @Test("equals a recount", arguments: [1, 3, 1000])
    func recount(size: Int) async throws {
        let (changes, items) = try history()
        let table = Table()
        for batch in batches(changes, of: size) { try await table.aggregation.run(shard: "s", changes: batch) }
        #expect(table.counters == recount(items))
        let event = try #require(EventUID(Samples.uid))
        #expect(table.counters[.event(event)] == Recount.counters(of: event, attendees: items))
        #expect(table.counters[.event(event)][.attendees] == 24)
        #expect(table.counters[.event(event)][.delivery(.failed)] == 6)
    }

    @Test("takes each batch once, though it comes twice or cut otherwise")
    func repeated() async throws {
        let (changes, items) = try history()
        let table = Table()
        for (first, second) in zip(batches(changes, of: 7), batches(changes, of: 7).dropFirst() + [[]]) {
            try await table.aggregation.run(shard: "s", changes: first)
            try await table.aggregation.run(shard: "s", changes: first)
            try await table.aggregation.run(shard: "s", changes: Array(first.dropFirst(2)) + second)
            try await table.aggregation.run(shard: "s", changes: first)
        }
        try await table.aggregation.run(shard: "s", changes: changes)
        #expect(table.counters == recount(items))
    }

    @Test("survives a crash before or after any commit", arguments: [false, true])
    func crashes(isStored: Bool) async throws {
        let (changes, items) = try history()
        let batches = batches(changes, of: 9)
        for call in batches.indices {
            let table = Table()
            table.state.withLock {
                $0.failsAt = call
                $0.isStoredBeforeFailing = isStored
            }
            for batch in batches {
                do {
                    try await table.aggregation.run(shard: "s", changes: batch)
                } catch {
                    // As Lambda does it: the same batch again, or halves of it.
                    let middle = batch.count / 2
                    try await table.aggregation.run(shard: "s", changes: Array(batch[..<middle]))
                    try await table.aggregation.run(shard: "s", changes: Array(batch[middle...]))
                }
            }
            #expect(table.counters == recount(items), "commit \(call)")
        }
    }

    @Test("ends as a recount when shards come in any order, batches twice and cut anew, and calls break off anywhere")
    func replay() async throws {
        var generator = SystemRandomNumberGenerator()
        let (changes, items) = try history()
        // A record's changes are in one shard.
        func shard(of change: Change) -> Int {
            guard case .attendee(let attendee)? = change.new else { return 0 }
            return attendee.address.normalized.utf8.reduce(0) { $0 + Int($1) } % 4
        }
        for round in 0..<25 {
            let table = Table()
            var shards = (0..<4).map { number in changes.filter { shard(of: $0) == number }[...] }
            while let number = shards.indices.filter({ !shards[$0].isEmpty }).randomElement(using: &generator) {
                var isTaken = false
                while !isTaken {
                    // Cut anew each time; a batch that was taken comes once more.
                    let size = Int.random(in: 1...8, using: &generator)
                    let batch = Array(shards[number].prefix(size))
                    table.state.withLock { state in
                        state.failsAt = Bool.random(using: &generator) ? state.calls : nil
                        state.isStoredBeforeFailing = Bool.random(using: &generator)
                    }
                    isTaken = (try? await table.aggregation.run(shard: "s\(number)", changes: batch)) != nil
                    table.state.withLock { $0.failsAt = nil }
                    guard isTaken else { continue }
                    try await table.aggregation.run(shard: "s\(number)", changes: batch)
                    shards[number] = shards[number].dropFirst(batch.count)
                }
            }
            #expect(table.counters == recount(items), "round \(round)")
            let paces = table.commits.flatMap { $0.paces.values.flatMap(\.minutes.values) }.reduce(0, +)
            #expect(paces == 30, "24 were sent the event, 6 refused")
        }
    }

    @Test("of two at a time counts each change once")
    func concurrent() async throws {
        let (changes, items) = try history()
        for _ in 0..<20 {
            let table = Table()
            async let one: Void = table.aggregation.run(shard: "s", changes: Array(changes.prefix(40)))
            async let two: Void = table.aggregation.run(shard: "s", changes: Array(changes.prefix(50)))
            _ = try await (one, two)
            try await table.aggregation.run(shard: "s", changes: changes)
            #expect(table.counters == recount(items))
        }
    }

    @Test("keeps shards apart")
    func shards() async throws {
        let (changes, items) = try history()
        let table = Table()
        // Numbers of different shards have no order among each other.
        try await table.aggregation.run(shard: "b", changes: Array(changes.suffix(20)))
        try await table.aggregation.run(shard: "a", changes: Array(changes.dropLast(20)))
        #expect(table.counters == recount(items))
        #expect(Set(table.commits.map(\.shard)) == ["a", "b"])
    }

    @Test("fits every transaction into DynamoDB's limit, whatever a batch touches")
    func transactionSize() async throws {
        let table = Table()
        let changes = try (1...400).map { index in
            Change(
                sequence: try number(index), old: nil,
                new: .finishedChunk(campaign: "campaign-\(index)", skipped: SkipCounts()))
        }
        try await table.aggregation.run(shard: "s", changes: changes)
        #expect(table.commits.count == 5)
        #expect(table.commits.allSatisfy { $0.deltas.values.count <= 99 })
        #expect(table.counters.values.count == 400)
        #expect(table.commits.map(\.to).last == changes.last?.sequence)
        #expect(table.commits.dropFirst().map(\.from) == table.commits.dropLast().map(\.to))
    }

    @Test("moves the checkpoint over changes that count nothing")
    func nothingToCount() async throws {
        let table = Table()
        try await table.aggregation.run(shard: "s", changes: [Change(sequence: try number(1), old: nil, new: nil)])
        #expect(table.counters == Counters())
        #expect(table.state.withLock { $0.checkpoints["s"] } == (try number(1)))
        try await table.aggregation.run(shard: "s", changes: [])
        #expect(table.commits.count == 1)
    }

    @Test("takes an item's removal off again")
    func removal() async throws {
        let table = Table()
        let attendee = CountedItem.attendee(try Samples.attendee())
        try await table.aggregation.run(
            shard: "s",
            changes: [
                Change(sequence: try number(1), old: nil, new: attendee),
                Change(sequence: try number(2), old: attendee, new: nil),
            ])
        #expect(table.counters == Counters())
    }

    @Test("ends with an error when the checkpoint is damaged, not in a loop")
    func damagedCheckpoint() async throws {
        var ports = StatisticsAggregation.Ports.unimplemented
        ports.readCheckpoint = { _ in nil }
        ports.commit = { _ in .checkpointMoved }
        let change = Change(sequence: try number(1), old: nil, new: nil)
        #expect(
            await failure(StatisticsAggregation.Failure.self) {
                try await StatisticsAggregation(ports: ports).run(shard: "s", changes: [change])
            } == .unusableCheckpoint(shard: "s"))
    }

    @Test("orders sequence numbers by value, whatever their length")
    func sequenceNumbers() throws {
        let short = try #require(SequenceNumber("999"))
        let long = try #require(SequenceNumber("1000"))
        #expect(short < long)
        #expect(long.padded.utf8.count == 40)
        #expect(SequenceNumber(String(repeating: "9", count: 40)) != nil)
        #expect(SequenceNumber("0001000") == long)
        for text in ["", String(repeating: "9", count: 41), "12a", "-1", "１"] { #expect(SequenceNumber(text) == nil) }
    }
}
