import Audience
import InviteService
import MailMessage
import Synchronization
import TestSupport
import Testing

@Suite("Lost and repeated mail (defects 1 to 6)")
struct LostMailTests {
    private let world = OrganizerWorld()
    private let people = (0..<6).map { "person\($0)@example.com" }

    @Test("1: an invitation that SES throttles is sent later, and only then counts as sent")
    func throttledInvitation() async throws {
        let bench = try SendingBench(recipients: people)
        bench.edit { $0.answer = { _, attempt in attempt == 0 ? .throttled : nil } }
        _ = try await bench.run(SendingBench.job())
        #expect(bench.records.values.allSatisfy { $0.sentRevision == nil })
        #expect(try await bench.drain())
        #expect(bench.mails.count == 6 && bench.records.values.allSatisfy { $0.sentRevision == 1 })
    }

    @Test("2: an update whose spreading fails is spread when the mail comes again")
    func lostUpdate() async throws {
        _ = try await world.event(["DTSTART:20270110T150000Z"])
        let update = SampleMail.invitation(calendar: SampleMail.event(sequence: 1, stamp: "20261123T090000Z"))
        world.events.stageFails.withLock { $0 = true }
        await #expect(throws: EventsInMemory.Crash.self) { try await world.events.receive(update, id: "m2") }
        world.events.stageFails.withLock { $0 = false }
        _ = try await world.events.receive(update, id: "m2")
        #expect(world.events.stageJobs.map(\.revision) == [2])
    }

    @Test("3: an event whose first write meets another is made all the same")
    func conflictWhileCreating() async throws {
        var ports = world.events.ports
        let attempts = Mutex(0)
        let create = ports.recording.createEvent
        ports.recording.createEvent = { event, limit in
            if attempts.withLock({ attempts in
                attempts += 1
                return attempts < 3
            }) {
                return .exists
            }
            return try await create(event, limit)
        }
        world.events.state.withLock { $0.mails["m1"] = SampleMail.invitation(calendar: SampleMail.event()) }
        let intake = EventIntake(
            ports: ports, addresses: Samples.addresses, secret: try Samples.secret(), eventLimit: 5)
        guard case .created = try await intake.receive(messageID: "m1", verdicts: Samples.passed) else {
            Issue.record("not made")
            return
        }
    }

    @Test("4, 5: a change reaches every attendee, page after page, and goes on where it stopped")
    func fanOut() async throws {
        let bench = try SendingBench(recipients: [])
        for index in 0..<3250 {
            let address = try Samples.address("p\(index)@example.com")
            bench.edit { $0.records[address] = .init(campaign: "c1", sentRevision: 1) }
        }
        let changed = try Samples.event(revision: 2)
        bench.edit { $0.event = changed }
        let continuations = Mutex<[StageJob]>([])
        var ports = bench.staging
        ports.continueWith = { job in continuations.withLock { $0.append(job) } }
        var next: StageJob? = StageJob(event: changed.uid, revision: 2)
        var runs = 0
        while let job = next {
            // Time for one page.
            _ = try await AttendeeStaging(ports: ports).run(job, deadline: .now + .seconds(1))
            next = continuations.withLock { $0.popLast() }
            runs += 1
        }
        let staged = bench.state.withLock(\.queue).flatMap { message -> [String] in
            guard case .attendees(let people) = message.job.work else { return [] }
            return people.map(\.address.normalized)
        }
        #expect(runs == 4 && staged.count == 3250 && Set(staged).count == 3250)
    }

    @Test("6: sending writes nothing that two recipients share, but one mark for each chunk")
    func sharedItems() async throws {
        let bench = try SendingBench(recipients: people)
        _ = try await bench.run(SendingBench.job())
        let calls = bench.state.withLock(\.calls)
        for (call, count) in [("claim", 6), ("recordSent", 6), ("markDone", 1)] {
            #expect(calls.count { $0 == call } == count, "\(call)")
        }
        #expect(
            Set(calls.filter { !$0.hasPrefix("read") }) == ["claim", "waitForTurn", "send", "recordSent", "markDone"])
    }
}
