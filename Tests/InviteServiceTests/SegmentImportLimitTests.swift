import Audience
import InviteService
import MailMessage
import Synchronization
import Testing

@Suite("The import of a list for an event with a limit")
struct SegmentImportLimitTests {
    private let small = SegmentImport.Policy(runSize: 2000, groupsPerCheckpoint: 2, groupSize: 3)

    private static func list(_ numbers: Range<Int>) -> [UInt8] {
        Array("email\n".utf8) + numbers.flatMap { Array("person\($0)@example.com\n".utf8) }
    }

    private func world(_ people: Int, limit: Int, reserved: Int = 0) throws -> ImportWorld {
        let world = try ImportWorld([Self.list(0..<people), Self.list(0..<10)])
        world.state.withLock {
            $0.listedSize = 1 << 20
            $0.limit = limit
            $0.reserved = reserved
        }
        return world
    }

    @Test("invites as many as there is room for, counts the others, and tells the organizer")
    func partly() async throws {
        let world = try world(1500, limit: 437)
        try await world.run(policy: small)
        #expect(world.campaign.summary.accepted == 437)
        #expect(world.campaign.summary.dropped == [.overLimit: 1063, .duplicate: 10])
        #expect(world.chunks.values.reduce(0) { $0 + $1.count } == 437)
        #expect(world.state.withLock(\.reserved) == 437)
        #expect(world.campaign.status == .sending)
        #expect(world.campaign.chunks < 10, "the rest is counted, and makes no chunks")
        let notices = world.state.withLock(\.notices)
        #expect(Set(notices.map(\.id)) == ["limit.\(Samples.uid).437"])
        #expect(notices.count <= 2, "the group that did not fit, and the one that found no room at all")
    }

    @Test("goes by what was settled for the organizer, before the deployment's limit")
    func settled() async throws {
        let world = try world(30, limit: 5)
        let ann = try Samples.address("ann@acme.example")
        world.state.withLock { $0.organizer = Organizer(address: ann, inviteLimit: 20) }
        try await world.run()
        #expect(world.campaign.summary.accepted == 20)
    }

    @Test("with no room at all fails, and says why")
    func full() async throws {
        let world = try world(30, limit: 100, reserved: 100)
        try await world.run()
        #expect(world.campaign.status == .failed)
        #expect(world.campaign.failure?.contains("30 over_limit") == true)
        #expect(world.state.withLock(\.notices).map(\.id).contains("limit.\(Samples.uid).100"))
    }

    @Test("takes those who were invited before, who count no more")
    func again() async throws {
        let world = try world(300, limit: 250, reserved: 200)
        let before = (0..<200).compactMap { EmailAddress("person\($0)@example.com") }
        world.state.withLock { $0.invited = Set(before) }
        try await world.run(policy: small)
        #expect(world.campaign.summary.accepted == 250)
        #expect(world.campaign.summary.dropped[.overLimit] == 50)
        #expect(world.state.withLock(\.reserved) == 250)
        #expect(Set(world.chunks.values.flatMap(\.self).map(\.address)).isSuperset(of: before))
    }

    @Test("that breaks off at any call reserves and invites the same number", arguments: [false, true])
    func crashes(afterEffect: Bool) async throws {
        let whole = try world(1500, limit: 437)
        try await whole.run(policy: small)
        let calls = whole.state.withLock(\.calls)
        for call in stride(from: afterEffect ? 1 : 0, to: calls, by: 2) {
            let world = try world(1500, limit: 437)
            world.state.withLock {
                $0.failsAt = call
                $0.failsAfterEffect = afterEffect
                $0.sendsAtOnce = true
            }
            _ = try? await world.run(policy: small)
            try await world.run(policy: small)
            #expect(world.result == whole.result, "call \(call)")
        }
    }

    @Test("by two processes at once, and in many short invocations, ends as by one")
    func raced() async throws {
        let whole = try world(1500, limit: 437)
        try await whole.run(policy: small)
        let (policy, raced) = (small, try world(1500, limit: 437))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<2 { group.addTask { try await raced.run(policy: policy) } }
            try await group.waitForAll()
        }
        #expect(raced.result == whole.result)
        let halting = try world(1500, limit: 437)
        for _ in 0..<2000 where halting.campaign.status == .importing {
            try await halting.run(policy: small, for: .zero)
        }
        #expect(halting.result == whole.result)
    }

    @Test("says in a trial how many there is no room for, and reserves nothing")
    func trial() async throws {
        let world = try world(1500, limit: 437, reserved: 37)
        world.state.withLock { $0.campaign.isDryRun = true }
        #expect(try await world.run(policy: small) == .finished(.checked))
        #expect(world.campaign.summary.accepted == 400)
        #expect(world.campaign.summary.dropped == [.overLimit: 1100, .duplicate: 10])
        #expect(world.state.withLock { $0.reserved == 37 && $0.notices.isEmpty && $0.jobs.isEmpty })
    }
}
