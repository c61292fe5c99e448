import InviteService
import Synchronization
import Testing

@Suite("Queueing again what is left of a campaign")
struct ChunkRequeueTests {
    private final class World: Sendable {
        struct State {
            var campaign: Campaign
            var done: Set<Int> = []
            var queued: [Int] = []
            var asked: [Range<Int>] = []
            var continuations: [ImportJob] = []
        }

        let state: Mutex<State>

        init(chunks: Int, status: Campaign.Status = .sending) throws {
            var campaign = try Samples.campaign(status: status)
            campaign.chunks = chunks
            state = Mutex(State(campaign: campaign))
        }

        var requeue: ChunkRequeue {
            ChunkRequeue(
                ports: .init(
                    readCampaign: { _ in self.state.withLock(\.campaign) },
                    doneChunks: { _, among in
                        self.state.withLock { state in
                            state.asked.append(among)
                            return state.done.intersection(among)
                        }
                    },
                    enqueue: { jobs in
                        self.state.withLock { state in
                            for job in jobs { if case .chunk(_, let number) = job.work { state.queued.append(number) } }
                        }
                    },
                    goOn: { job in self.state.withLock { $0.continuations.append(job) } }))
        }
    }

    @Test("queues each chunk that is not done, in as many invocations as it takes", arguments: [false, true])
    func pages(isShortOfTime: Bool) async throws {
        let world = try World(chunks: 1700)
        world.state.withLock { $0.done = Set(0..<600).union([1699]) }
        var (next, invocations) = (0, 0)
        while true {
            let outcome = try await world.requeue.run(
                "c1", from: next, deadline: .now + (isShortOfTime ? .zero : .seconds(600)))
            invocations += 1
            guard case .continued = outcome else { break }
            next = try #require(world.state.withLock(\.continuations).last?.requeuedFrom)
            try #require(invocations < 10)
        }
        #expect(world.state.withLock(\.queued) == Array(600..<1699))
        #expect(invocations == (isShortOfTime ? 4 : 1))
        #expect(world.state.withLock(\.asked).allSatisfy { $0.count <= 500 })
    }

    @Test("does it for a cancelled campaign too, but not for one that is paused again, still read, or over")
    func statuses() async throws {
        for (status, pause, queued) in [
            (Campaign.Status.sending, nil, 2), (.cancelled, nil, 2), (.cancelled, "why", 2), (.sending, "why", 0),
            (.importing, nil, 0), (.failed, nil, 0),
        ] as [(Campaign.Status, String?, Int)] {
            let world = try World(chunks: 2, status: status)
            world.state.withLock { $0.campaign.pause = pause }
            _ = try await world.requeue.run("c1", from: 0, deadline: .now + .seconds(600))
            #expect(world.state.withLock(\.queued).count == queued, "\(status) \(pause ?? "")")
        }
    }
}
