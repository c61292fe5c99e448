import Audience
import InviteService
import JSON
import MailMessage
import Synchronization
import TestSupport
import Testing

@Suite("The import of a list")
struct SegmentImportTests {
    private typealias World = ImportWorld

    private func row(_ address: String, _ more: String = "") -> String {
        #"{"ChannelType":"EMAIL","Address":"\#(address)","EndpointStatus":"ACTIVE","OptOut":"NONE"\#(more)}"# + "\n"
    }

    private func people(_ range: Range<Int>) -> String { range.map { row("person\($0)@example.com") }.joined() }

    private func gzip(_ text: String) throws -> [UInt8] { try Gzip.member(Array(text.utf8)) }

    @Test("cuts recipients into numbered chunks of a hundred", arguments: [1, 7, 1 << 20])
    func chunks(pieceSize: Int) async throws {
        let world = try World([try gzip(people(0..<150)), Array(people(150..<250).utf8)])
        world.state.withLock { $0.pieceSize = pieceSize }
        try await world.run()
        #expect(world.chunks.keys.sorted() == [0, 1, 2])
        #expect((0..<3).map { world.chunks[$0]?.count } == [100, 100, 50])
        #expect(
            (0..<3).flatMap { world.chunks[$0] ?? [] }.map(\.address.normalized)
                == (0..<250).map { "person\($0)@example.com" })
        #expect(world.jobs == (try (0..<3).map { try job($0) }))
        #expect(world.campaign.status == .sending)
        #expect(world.campaign.chunks == 3)
        #expect(world.campaign.summary.rows == 250)
        #expect(world.campaign.summary.accepted == 250)
    }

    private func job(_ chunk: Int) throws -> SendJob {
        SendJob(event: try #require(EventUID(Samples.uid)), campaign: "c1", chunk: chunk)
    }

    @Test("hands jobs on in batches that SQS takes")
    func batches() async throws {
        let world = try World([try gzip(people(0..<2350))])
        try await world.run()
        #expect(world.state.withLock(\.batches) == [10, 10, 4])
        #expect(world.jobs.count == 24)
    }

    @Test("counts every row once, as accepted or by the first reason that drops it")
    func reasons() async throws {
        let first =
            row("ann@example.com") + row("Ann@Example.com") + row("bad") + "{broken\n" + "\n"
            + row("out@example.com").replacing("\"NONE\"", with: "\"ALL\"")
            + row("gone@example.com").replacing("\"ACTIVE\"", with: "\"INACTIVE\"")
            + row("+34600").replacing("EMAIL", with: "SMS") + row("blocked@example.com")
        let second = row("ann@example.com") + row("blocked@example.com") + row("new@example.com")
        let world = try World([try gzip(first), try gzip(second)])
        let blocked = try Samples.address("blocked@example.com")
        world.state.withLock { $0.refusing = [blocked] }
        try await world.run()
        let summary = world.campaign.summary
        #expect(summary.rows == 11)
        #expect(summary.accepted == 2)
        #expect(
            summary.dropped == [
                .duplicate: 3, .badAddress: 1, .unreadable: 1, .optedOut: 1, .inactive: 1, .otherChannel: 1,
                .suppressed: 1,
            ])
        #expect(summary.accepted + summary.dropped.values.reduce(0, +) == summary.rows)
        #expect(summary.problems.map(\.line) == [3, 4])
        #expect(summary.problems.allSatisfy { $0.part == "lists/x/part-0.gz" })
        #expect(world.chunks[0]?.map(\.address.normalized) == ["ann@example.com", "new@example.com"])
    }

    @Test("of the same list again makes the same chunks")
    func rerun() async throws {
        let parts = [try gzip(people(0..<150)), try gzip(people(100..<250))]
        let world = try World(parts)
        try await world.run()
        let chunks = world.chunks
        let result = world.result
        world.state.withLock {
            $0.campaign.status = .importing
            $0.campaign.summary = ImportSummary()
            $0.campaign.checkpoint = nil
            $0.chunks = [:]
            $0.pieceSize = 77
        }
        try await world.run()
        #expect(world.chunks == chunks)
        #expect(world.result == result)
        try await world.run()
        #expect(world.jobs.count == 6, "a finished campaign is left alone")
    }

    @Test("that fails at any call ends as if it had not, once it is delivered again")
    func crashes() async throws {
        let parts = [try gzip(people(0..<150)), try gzip(people(100..<1250))]
        let undisturbed = try World(parts)
        try await undisturbed.run()
        let calls = undisturbed.state.withLock(\.calls)
        #expect(calls > 30)
        for call in 0..<calls {
            let world = try World(parts)
            world.state.withLock { $0.failsAt = call }
            await #expect(throws: World.Crash.self) { try await world.run() }
            #expect(world.campaign.status == .importing, "call \(call)")
            try await world.run()
            #expect(world.result == undisturbed.result, "call \(call)")
            #expect(world.chunks == undisturbed.chunks)
            #expect(Set(world.jobs.map(\.json)) == Set(undisturbed.jobs.map(\.json)))
        }
    }

    @Test("uses the rows before the end of a part that is cut off, and says so")
    func truncated() async throws {
        // Random names, so that the rows are spread over the compressed data.
        let text = (0..<3000).map { row("p\($0 &* 2_654_435_761 % 1_000_000_007)@example.com") }.joined()
        let whole = try gzip(text)
        let world = try World([Array(whole[..<(whole.count / 2)]), try gzip(people(0..<10))])
        try await world.run()
        let summary = world.campaign.summary
        #expect(summary.accepted > 100)
        #expect(summary.accepted < 3010)
        #expect(summary.accepted == summary.rows, "the row that was cut is not taken for a bad one")
        let problem = try #require(summary.problems.first)
        #expect(problem.part == "lists/x/part-0.gz")
        #expect(problem.message.contains("ends before"))
        #expect(problem.line == summary.rows - 10 + 1)
        #expect(world.campaign.status == .sending)
    }

    @Test("goes on with the next part after a damaged one and after an endless line")
    func damaged() async throws {
        var broken = try gzip(people(0..<10))
        broken[broken.count / 2] ^= 0xFF
        let endless = row("first@example.com") + String(repeating: "x", count: 2 << 20) + "\n" + row("lost@example.com")
        let world = try World([broken, Array(endless.utf8), try gzip(row("last@example.com"))])
        try await world.run()
        let addresses = (world.chunks[0] ?? []).map(\.address.normalized)
        #expect(addresses.contains("first@example.com"))
        #expect(addresses.contains("last@example.com"))
        #expect(!addresses.contains("lost@example.com"))
        #expect(world.campaign.summary.problems.map(\.part) == ["lists/x/part-0.gz", "lists/x/part-1.gz"])
    }

    @Test("fails with a reason when nothing lies under the prefix")
    func emptyPrefix() async throws {
        let world = try World([[]])
        world.state.withLock { $0.parts.append(("lists/x/folder/", [])) }
        try await world.run()
        #expect(world.campaign.status == .failed)
        #expect(world.campaign.failure?.contains("s3://data/lists/ann@acme.example/x/") == true)
        #expect(world.jobs.isEmpty)
    }

    @Test("fails with the counts when no row can be invited")
    func nothingUsable() async throws {
        let world = try World([
            try gzip(row("+34600").replacing("EMAIL", with: "SMS") + row("bad") + row("also bad"))
        ])
        try await world.run()
        #expect(world.campaign.status == .failed)
        #expect(
            world.campaign.failure
                == "No row of the list can be invited: 3 rows were read, 1 other_channel, 2 bad_address.")
        #expect(world.jobs.isEmpty)
    }

    @Test("of a cancelled event's list reads nothing")
    func cancelled() async throws {
        let event = try Samples.event(status: .cancelled)
        let campaign = try Samples.campaign(status: .importing)
        let finished = Mutex<Campaign?>(nil)
        let notices = Mutex<[Notice]>([])
        var ports = SegmentImport.Ports.unimplemented
        ports.readCampaign = { _ in campaign }
        ports.readEvent = { _ in event }
        ports.advance = { campaign, _ in
            finished.withLock { $0 = campaign }
            return true
        }
        ports.notify = { notice in notices.withLock { $0.append(notice) } }
        try await SegmentImport(ports: ports, inviteLimit: 1000).run(
            ImportJob(campaign: "c1"), deadline: .now + .seconds(600))
        #expect(notices.withLock(\.self).map(\.id) == ["list-failed.c1"])
        #expect(finished.withLock(\.self)?.status == .failed)
        #expect(finished.withLock(\.self)?.failure?.contains("cancelled") == true)
    }

    @Test(
        "of a campaign that is gone or done is nothing", arguments: [nil, Campaign.Status.sending, .failed, .checked])
    func done(status: Campaign.Status?) async throws {
        let campaign = try status.map { try Samples.campaign(status: $0) }
        var ports = SegmentImport.Ports.unimplemented
        ports.readCampaign = { _ in campaign }
        let outcome = try await SegmentImport(ports: ports, inviteLimit: 1000).run(
            ImportJob(campaign: "c1"), deadline: .now + .seconds(600))
        #expect(outcome == .nothingToDo)
    }

    @Test("leaves out mailboxes at disposable domains where it is asked to, and says when it does not know them")
    func disposable() async throws {
        let list = "ann@trash.example\nbob@mail.trash.example\ncy@example.com\n"
        for (text, isWanted, accepted, dropped) in [
            ("trash.example\n", true, 1, 2), ("trash.example\n", false, 3, nil), (nil, false, 3, nil),
        ] as [(String?, Bool, Int, Int?)] {
            let world = try ImportWorld([Array(list.utf8)])
            world.state.withLock {
                $0.disposable = text.map { Array($0.utf8) }
                $0.campaign.options.dropsDisposable = isWanted
            }
            try await world.run()
            #expect(world.campaign.summary.accepted == accepted)
            #expect(world.campaign.summary.dropped[.disposable] == dropped)
        }
        for text in [nil, "# none\n"] as [String?] {
            let world = try ImportWorld([Array(list.utf8)])
            world.state.withLock {
                $0.disposable = text.map { Array($0.utf8) }
                $0.campaign.options.dropsDisposable = true
            }
            #expect(try await world.run() == .finished(.failed))
            #expect(world.campaign.failure?.contains("s3://data/settings/disposable-domains.txt") == true)
        }
    }
}
