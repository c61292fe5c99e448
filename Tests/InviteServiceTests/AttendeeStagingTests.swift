import Audience
import InviteService
import JSON
import MailMessage
import Synchronization
import Testing

@Suite("Staging the attendees of a changed event")
struct AttendeeStagingTests {
    /// Attendees in their shards, paged as the table pages them; all that was queued.
    private final class World: Sendable {
        struct State {
            var event: Event?
            var shards: [[Attendee]] = Array(repeating: [], count: AttendeeShard.count)
            var jobs: [SendJob] = []
            var continuations: [StageJob] = []
            var spread: [Int] = []
            var calls = 0
            /// Calls from this one on fail: the process was killed.
            var diesAt = Int.max
        }

        struct Killed: Error {}

        let state = Mutex(State())

        init(_ event: Event, _ attendees: [Attendee] = []) {
            state.withLock { state in
                state.event = event
                for attendee in attendees { state.shards[AttendeeShard.of(attendee.address)].append(attendee) }
                for shard in state.shards.indices {
                    state.shards[shard].sort { $0.address.normalized < $1.address.normalized }
                }
            }
        }

        private func call<Value>(_ body: (inout State) -> Value) throws -> Value {
            try state.withLock { state in
                defer { state.calls += 1 }
                if state.calls >= state.diesAt { throw Killed() }
                return body(&state)
            }
        }

        var ports: AttendeeStaging.Ports {
            AttendeeStaging.Ports(
                readEvent: { _ in try self.call(\.event) },
                listAttendees: { _, cursor, limit in
                    try self.call { state in
                        var (attendees, cursor): ([Attendee], AttendeeCursor) = ([], cursor)
                        while true {
                            let rest = state.shards[cursor.shard].drop { attendee in
                                cursor.after.map { attendee.address.normalized <= $0 } ?? false
                            }
                            let taken = rest.prefix(limit - attendees.count)
                            attendees += taken
                            if taken.count < rest.count {
                                return AttendeePage(
                                    attendees: attendees,
                                    next: AttendeeCursor(shard: cursor.shard, after: taken.last?.address.normalized))
                            }
                            guard cursor.shard + 1 < AttendeeShard.count else {
                                return AttendeePage(attendees: attendees, next: nil)
                            }
                            cursor = AttendeeCursor(shard: cursor.shard + 1, after: nil)
                        }
                    }
                },
                enqueue: { jobs in try self.call { $0.jobs += jobs } },
                continueWith: { job in try self.call { $0.continuations.append(job) } },
                recordSpread: { _, revision in try self.call { $0.spread.append(revision) } })
        }

        func run(_ job: StageJob, seconds: Double = 600) async throws -> AttendeeStaging.Outcome {
            try await AttendeeStaging(ports: ports).run(job, deadline: .now + .seconds(seconds))
        }

        /// Runs the job and what it leaves, as the queue does, until nothing is left.
        func runToEnd(_ job: StageJob, seconds: Double = 600) async throws -> Int {
            var (next, runs): (StageJob?, Int) = (job, 0)
            while let job = next {
                runs += 1
                do {
                    _ = try await run(job, seconds: seconds)
                    next = state.withLock { $0.continuations.popLast() }
                } catch is Killed {
                    state.withLock { $0.diesAt = .max }
                }
            }
            return runs
        }

        var staged: [String] {
            state.withLock(\.jobs).flatMap { job in
                if case .attendees(let people) = job.work { people.map(\.address.normalized) } else { [String]() }
            }
        }
    }

    private func job(_ revision: Int = 2) throws -> StageJob {
        StageJob(event: try #require(EventUID(Samples.uid)), revision: revision)
    }

    private func people(_ count: Int) throws -> [Attendee] {
        try (0..<count).map { try Samples.attendee("person\($0)@example.com") }
    }

    @Test("of 25,000 queues each once, a hundred at a time, and keeps to its time", .timeLimit(.minutes(1)))
    func many() async throws {
        let people = try people(25_000)
        let world = World(try Samples.event(revision: 2), people)
        // So little time that each run does one page.
        #expect(try await world.runToEnd(job(), seconds: 1) == 25)
        let staged = world.staged
        #expect(staged.count == 25_000)
        #expect(Set(staged) == Set(people.map(\.address.normalized)))
        #expect(world.state.withLock(\.jobs).allSatisfy { $0.json.bytes.count < 200 << 10 })
        #expect(world.state.withLock(\.jobs).count == 250)
        #expect(world.state.withLock(\.spread) == [2], "noted once, at the end")

        let again = World(try Samples.event(revision: 2), people)
        #expect(try await again.run(job()) == .finished(attendees: 25_000), "in one run when there is time")
    }

    @Test("killed at any call leaves nobody out")
    func killed() async throws {
        let people = try people(3500)
        let undisturbed = World(try Samples.event(revision: 2), people)
        _ = try await undisturbed.runToEnd(job(), seconds: 1)
        let calls = undisturbed.state.withLock(\.calls)
        #expect(calls > 12)
        for call in 0..<calls {
            let world = World(try Samples.event(revision: 2), people)
            world.state.withLock { $0.diesAt = call }
            _ = try await world.runToEnd(job(), seconds: 1)
            #expect(Set(world.staged).count == 3500, "killed at call \(call)")
            #expect(world.staged.count <= 3500 + AttendeeStaging.pageSize, "killed at call \(call)")
            #expect(world.state.withLock(\.spread).contains(2))
        }
    }

    @Test("leaves out who has no copy, who has the revision, and, where the event says so, who declined")
    func selection() async throws {
        var inFlight = try Samples.attendee("inflight@example.com", delivery: .claimed, sentRevision: nil)
        inFlight.isHeld = true
        let attendees = [
            try Samples.attendee("old@example.com"), try Samples.attendee("current@example.com", sentRevision: 2),
            try Samples.attendee("claimed@example.com", delivery: .claimed, sentRevision: nil), inFlight,
            try Samples.attendee("failed@example.com", delivery: .failed, sentRevision: nil),
            try Samples.attendee(
                "shared@example.com", campaign: nil, origin: .shared, delivery: .claimed, sentRevision: nil,
                response: .accepted),
            try Samples.attendee("no@example.com", response: .declined),
        ]
        var event = try Samples.event(revision: 2)
        let all = World(event, attendees)
        #expect(try await all.run(job()) == .finished(attendees: 4))
        #expect(
            Set(all.staged) == ["old@example.com", "inflight@example.com", "shared@example.com", "no@example.com"])
        event.updates = .notDeclined
        let some = World(event, attendees)
        #expect(try await some.run(job()) == .finished(attendees: 3))
        #expect(!some.staged.contains("no@example.com"))
    }

    @Test("stops when a later change has a job of its own, and fails for an event that is not there")
    func overtaken() async throws {
        let world = World(try Samples.event(revision: 3), try people(5))
        #expect(try await world.run(job()) == .overtaken)
        #expect(world.staged.isEmpty && world.state.withLock(\.spread).isEmpty)
        world.state.withLock { $0.event = nil }
        let uid = try #require(EventUID(Samples.uid))
        #expect(await failure(AttendeeStaging.Failure.self) { try await world.run(job()) } == .unknownEvent(uid))
    }

    @Test("reads its jobs back as it wrote them, and refuses others")
    func messages() throws {
        let first = try job()
        var later = first
        later.cursor = AttendeeCursor(shard: 3, after: "ann@example.com")
        for job in [first, later] { #expect(try StageJob(json: job.json) == job) }
        #expect(throws: MessageError.self) { try StageJob(json: ["event": .string(Samples.uid)]) }
        #expect(throws: MessageError.self) {
            try StageJob(json: ["event": .string(Samples.uid), "revision": 2, "cursor": "x!"])
        }
    }
}
