import Audience
import InviteService
import MailMessage
import Synchronization
import TestSupport
import Testing

@Suite("The import of a long list")
struct SegmentImportResumingTests {
    private typealias World = ImportWorld

    /// Small enough that a short list takes many runs and checkpoints.
    private let small = SegmentImport.Policy(runSize: 2000, groupsPerCheckpoint: 2, groupSize: 3)

    private static func row(_ number: Int) -> String {
        #"{"ChannelType":"EMAIL","Address":"person\#(number)@example.com","OptOut":"NONE"}"# + "\n"
    }

    /// 3,000 rows over gzip, plain, UTF-16 and CSV parts; every third address again, in the same part or a later one.
    private static func parts() throws -> [[UInt8]] {
        func numbers(_ range: Range<Int>) -> [Int] { range.map { $0 % 3 == 2 ? $0 / 2 : $0 } }
        let first = numbers(0..<800).map(row).joined()
        let second = numbers(800..<1500).map(row).joined()
        let third = "Name;E-Mail\r\n" + numbers(1500..<2300).map { "\"P; \($0)\";person\($0)@example.com\r\n" }.joined()
        let fourth = numbers(2300..<3000).map { "person\($0)@example.com\n" }.joined()
        let wide: [UInt8] = [0xFF, 0xFE] + Array(third.utf16).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        return [
            try Gzip.member(Array(first.utf8)), Array(second.utf8), wide, [0xEF, 0xBB, 0xBF] + Array(fourth.utf8),
        ]
    }

    private static let distinct = Set((0..<3000).map { $0 % 3 == 2 ? $0 / 2 : $0 })

    private func undisturbed() async throws -> World {
        let world = try World(try Self.parts())
        world.state.withLock { $0.listedSize = 1 << 20 }
        try await world.run()
        return world
    }

    @Test("invites each distinct address once, whatever partition it falls into")
    func exact() async throws {
        let world = try await undisturbed()
        let invited = world.chunks.values.flatMap(\.self).map(\.address.normalized)
        #expect(invited.count == Self.distinct.count)
        #expect(Set(invited) == Set(Self.distinct.map { "person\($0)@example.com" }))
        #expect(world.campaign.summary.rows == 3000)
        #expect(world.campaign.summary.accepted == Self.distinct.count)
        #expect(world.campaign.summary.dropped == [.duplicate: 3000 - Self.distinct.count])
        #expect(world.chunks.values.filter { $0.count == 100 }.count == Self.distinct.count / 100)
    }

    @Test("in invocations that each do a little ends as in one")
    func continued() async throws {
        let whole = try await undisturbed()
        let world = try World(try Self.parts())
        world.state.withLock { $0.listedSize = 1 << 20 }
        var invocations = 0
        // The stop comes before the deadline: at once, when the deadline has passed.
        while world.campaign.status == .importing {
            let outcome = try await world.run(for: .zero)
            invocations += 1
            #expect(outcome == .toBeContinued || world.campaign.status == .sending)
            try #require(invocations < 2000)
        }
        #expect(invocations > 2)
        #expect(world.state.withLock(\.continuations) == invocations - 1)
        #expect(world.result == whole.result)
    }

    @Test(
        "that fails at any call, before or after its effect, ends in the same chunks and counts",
        arguments: [false, true])
    func crashes(afterEffect: Bool) async throws {
        let whole = try await undisturbed()
        let counting = try World(try Self.parts())
        counting.state.withLock { $0.listedSize = 1 << 20 }
        try await counting.run(policy: small)
        #expect(counting.result == whole.result, "sizes change how it is done, not what comes out")
        let calls = counting.state.withLock(\.calls)
        #expect(calls > 60)
        // Every fourth here, each with one of the two; all are too much for a small machine.
        for call in stride(from: afterEffect ? 2 : 0, to: calls, by: 4) {
            let world = try World(try Self.parts())
            world.state.withLock {
                $0.listedSize = 1 << 20
                $0.failsAt = call
                $0.failsAfterEffect = afterEffect
            }
            _ = try? await world.run(policy: small)
            try await world.run(policy: small)
            #expect(world.result == whole.result, "call \(call)")
        }
    }

    @Test("by two processes at once ends as by one")
    func race() async throws {
        let whole = try await undisturbed()
        let world = try World(try Self.parts())
        world.state.withLock { $0.listedSize = 1 << 20 }
        let policy = small
        let outcomes = try await withThrowingTaskGroup(of: SegmentImport.Outcome.self) { group in
            for _ in 0..<2 { group.addTask { try await world.run(policy: policy) } }
            return try await group.reduce(into: [SegmentImport.Outcome]()) { $0.append($1) }
        }
        #expect(outcomes.contains(.finished(.sending)))
        #expect(outcomes.contains { $0 == .overtaken || $0 == .nothingToDo } || outcomes.count == 2)
        #expect(world.result == whole.result)
    }

    @Test("leaves a chunk as an earlier attempt stored it, and counts by that")
    func storedChunks() async throws {
        let world = try World([Array((0..<150).map(Self.row).joined().utf8)])
        // The first attempt dies after chunk 0 was queued; then one of its people unsubscribes.
        world.state.withLock {
            $0.chunks[0] = (0..<100).compactMap { EmailAddress("person\($0)@example.com") }.map {
                Recipient(address: $0)
            }
        }
        let late = try Samples.address("person7@example.com")
        world.state.withLock { $0.refusing = [late] }
        try await world.run()
        #expect(world.chunks[0]?.count == 100)
        #expect(world.campaign.summary.accepted == 150)
        #expect(world.campaign.summary.dropped == [:])
    }

    @Test("holds no more at a time than a run, however long the list is")
    func bounded() async throws {
        let rows = (0..<20_000).map(Self.row).joined()
        let world = try World([try Gzip.member(Array(rows.utf8))])
        world.state.withLock { $0.listedSize = 4 << 20 }
        try await world.run(policy: SegmentImport.Policy(runSize: 50_000))
        // One more inflated slice, and the index.
        #expect(world.state.withLock(\.largestObject) < 250_000)
        #expect(world.campaign.summary.accepted == 20_000)
        #expect(world.campaign.chunks == 200)
    }

    @Test("is given up on the last delivery: the campaign failed, the organizer told, the message a dead letter")
    func lastReceive() async throws {
        let world = try World(try Self.parts())
        await #expect(throws: SegmentImport.Failure.givenUp(campaign: "c1")) {
            try await world.run(isLastReceive: true)
        }
        #expect(world.campaign.status == .failed)
        #expect(world.campaign.failure?.contains("start the campaign again") == true)
        #expect(world.state.withLock(\.notices).map(\.id) == ["list-failed.c1"])
        #expect(world.jobs.isEmpty)
        // Brought back from the dead-letter queue.
        #expect(try await world.run() == .nothingToDo)
    }

    @Test("fails when a part is replaced while it is read")
    func replaced() async throws {
        let world = try World([Array(Self.row(1).utf8)])
        var ports = world.ports
        ports.openPart = { _, part, _ in
            SegmentImport.PartReader { throw SegmentImport.PartChanged(key: part.key) }
        }
        let outcome = try await SegmentImport(ports: ports, inviteLimit: 1000).run(
            ImportJob(campaign: "c1"), deadline: .now + .seconds(600))
        #expect(outcome == .finished(.failed))
        #expect(world.campaign.failure?.contains("was replaced or removed") == true)
    }

    @Test("stops with an error when a whole invocation does not get beyond its checkpoint")
    func noProgress() async throws {
        let world = try World([try Gzip.member(Array((0..<30_000).map(Self.row).joined().utf8))])
        #expect(try await world.run(for: .zero) == .toBeContinued)
        // Compressed data is read again from its start; with no time at all the next row is not reached.
        let failure = await failure(SegmentImport.Failure.self) { try await world.run(for: .seconds(-1)) }
        if let failure { #expect(failure == .noProgress(part: "lists/x/part-0.gz")) }
    }

    @Test("for a trial counts, shows whom it would invite, and sends nothing")
    func dryRun() async throws {
        let world = try World([Array((0..<250).map(Self.row).joined().utf8), Array((Self.row(3) + "x\n").utf8)])
        let refusing = try Samples.address("person5@example.com")
        world.state.withLock {
            $0.campaign.isDryRun = true
            $0.refusing = [refusing]
        }
        #expect(try await world.run() == .finished(.checked))
        #expect(world.jobs.isEmpty)
        #expect(world.chunks.isEmpty)
        let summary = world.campaign.summary
        #expect(summary.accepted == 249)
        #expect(summary.dropped == [.duplicate: 1, .suppressed: 1, .unreadable: 1])
        #expect(summary.sample.count == 10)
        #expect(summary.sample.allSatisfy { $0 == "p***@example.com" })
        #expect(world.campaign.chunks == 0)
    }

    @Test("refuses more objects than it can keep in mind")
    func tooManyParts() async throws {
        let world = try World(Array(repeating: Array(Self.row(1).utf8), count: 4))
        try await world.run(policy: SegmentImport.Policy(partLimit: 3))
        #expect(world.campaign.status == .failed)
        #expect(world.campaign.failure?.contains("4 objects lie under") == true)
    }

    @Test(
        "of a campaign that is cancelled at any moment stops, and counts all that it queued",
        arguments: [false, true])
    func cancelled(alsoCrashes: Bool) async throws {
        let counting = try World(try Self.parts())
        counting.state.withLock { $0.listedSize = 1 << 20 }
        try await counting.run(policy: small)
        let calls = counting.state.withLock(\.calls)
        var stopped = 0
        for call in stride(from: alsoCrashes ? 1 : 0, to: calls - 1, by: 5) {
            let world = try World(try Self.parts())
            world.state.withLock {
                $0.listedSize = 1 << 20
                $0.cancelledAt = call
                if alsoCrashes { $0.failsAt = call + 3 }
            }
            let place: Comment = "cancelled before call \(call)"
            _ = try? await world.run(policy: small)
            if alsoCrashes { try await world.run(policy: small) }
            let (campaign, chunks) = (world.campaign, world.chunks)
            #expect(campaign.status == .cancelled, place)
            let queued = Set(
                world.jobs.compactMap { job -> Int? in
                    if case .chunk(_, let number) = job.work { number } else { nil }
                })
            #expect(queued.count <= campaign.chunks, place)
            #expect(Set(0..<campaign.chunks).isSuperset(of: queued), place)
            let recorded = (0..<campaign.chunks).reduce(0) { $0 + (chunks[$1]?.count ?? 0) }
            #expect(campaign.summary.accepted == recorded, place)
            if campaign.chunks > 0 { #expect(world.state.withLock(\.requeues).last == 0, place) }
            if campaign.chunks < counting.campaign.chunks { stopped += 1 }
            #expect(try await world.run(policy: small) == .nothingToDo, place)
        }
        #expect(stopped > 5)
    }
}
