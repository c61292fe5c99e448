import Audience
import InviteService
import MailMessage
import Synchronization
import Testing

@Suite("Sending a chunk")
struct InvitationSendingTests {
    private let people = (0..<6).map { "person\($0)@example.com" }

    private func skips(alreadyInvited: Int = 0, refused: Int = 0, cancelled: Int = 0) -> SkipCounts {
        var skips = SkipCounts()
        skips.alreadyInvited = alreadyInvited
        skips.refused = refused
        skips.cancelled = cancelled
        return skips
    }

    private func expectEachOnce(_ bench: SendingBench, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(
            bench.mails == Dictionary(uniqueKeysWithValues: people.map { ($0, 1) }), sourceLocation: sourceLocation)
        #expect(
            bench.records.values.allSatisfy { $0.sentRevision == 1 && $0.claim == nil }, sourceLocation: sourceLocation)
        #expect(bench.records.count == people.count, sourceLocation: sourceLocation)
    }

    @Test("mails each recipient once and marks the chunk done", arguments: [1, 4, 16])
    func once(concurrency: Int) async throws {
        let bench = try SendingBench(recipients: people)
        #expect(try await bench.run(SendingBench.job(), concurrency: concurrency) == .finished)
        expectEachOnce(bench)
        #expect(bench.done == [0: SkipCounts()])
        #expect(bench.state.withLock(\.queue).isEmpty)
    }

    @Test("delivered twice, one after the other, mails nobody twice")
    func twice() async throws {
        let bench = try SendingBench(recipients: people)
        _ = try await bench.run(SendingBench.job())
        #expect(try await bench.run(SendingBench.job()) == .finished)
        expectEachOnce(bench)
        #expect(bench.done == [0: SkipCounts()])
    }

    @Test("delivered three times at once mails nobody twice")
    func concurrently() async throws {
        for _ in 0..<20 {
            let bench = try SendingBench(recipients: people)
            let job = try SendingBench.job()
            async let one = bench.run(job, concurrency: 2)
            async let two = bench.run(job, concurrency: 2)
            async let three = bench.run(job, concurrency: 3)
            _ = try await (one, two, three)
            #expect(try await bench.drain())
            expectEachOnce(bench)
            #expect(bench.done == [0: SkipCounts()])
        }
    }

    @Test("of somebody another campaign invited sends nothing and counts it")
    func alreadyInvited() async throws {
        let bench = try SendingBench(recipients: people)
        let invited = try Samples.address(people[2])
        bench.edit { $0.records[invited] = .init(campaign: "other", sentRevision: 1) }
        #expect(try await bench.run(SendingBench.job()) == .finished)
        #expect(bench.mails.count == 5)
        #expect(bench.mails[people[2]] == nil)
        #expect(bench.done == [0: skips(alreadyInvited: 1)])
    }

    @Test("does not mail who refuses")
    func refusing() async throws {
        let bench = try SendingBench(recipients: people)
        let refusing = try Samples.address(people[0])
        bench.edit { $0.refusing = [refusing] }
        #expect(try await bench.run(SendingBench.job()) == .finished)
        #expect(bench.mails.count == 5)
        #expect(bench.mails[people[0]] == nil)
        #expect(bench.done == [0: skips(refused: 1)])
        #expect(bench.records[refusing] == nil, "nothing is claimed for them")
    }

    @Test("that is throttled puts the rest back soon, without counting a failure")
    func throttled() async throws {
        let bench = try SendingBench(recipients: people)
        let slow = try Samples.address(people[3])
        bench.edit { $0.answer = { address, attempt in address == slow && attempt < 3 ? .throttled : nil } }
        #expect(try await bench.run(SendingBench.job()) == .putBack(recipients: 1, cause: nil))
        let put = try #require(bench.state.withLock(\.queue).first?.job)
        #expect(put.remaining == [3])
        #expect(put.failures == 0)
        #expect(bench.state.withLock(\.delays).allSatisfy { (.seconds(1)...(.seconds(2))).contains($0) })
        #expect(bench.records[slow]?.lease == nil, "the claim is given back")
        #expect(bench.done.isEmpty)
        #expect(try await bench.drain())
        expectEachOnce(bench)
        #expect(bench.done == [0: SkipCounts()])
    }

    @Test("that is throttled again and again waits longer and longer, and begins anew once somebody was mailed")
    func throttledOften() async throws {
        let bench = try SendingBench(recipients: people)
        bench.edit { $0.answer = { _, attempt in attempt < 9 ? .throttled : nil } }
        var job = try SendingBench.job()
        for throttles in 1...9 {
            _ = try await bench.run(job)
            job = bench.state.withLock { $0.queue.removeFirst().job }
            #expect(job.throttles == throttles)
            #expect(job.failures == 0)
        }
        let delays = bench.state.withLock(\.delays)
        for (index, delay) in delays.enumerated() {
            let longest = min(2 << index, 120)
            #expect((.seconds(longest / 2)...(.seconds(longest))).contains(delay), "\(index)")
        }
        // One is throttled once more, the others are mailed.
        let slow = try Samples.address(people[0])
        bench.edit { $0.answer = { address, attempt in address == slow && attempt < 10 ? .throttled : nil } }
        #expect(try await bench.run(job) == .putBack(recipients: 1, cause: nil))
        #expect(bench.state.withLock { $0.queue.first?.job.throttles } == 1)
    }

    @Test("of a cancelled campaign mails nobody, and counts who was mailed before as mailed")
    func cancelledCampaign() async throws {
        let bench = try SendingBench(recipients: people)
        let (mailed, elsewhere) = (try Samples.address(people[0]), try Samples.address(people[1]))
        let (refusing, refused) = (try Samples.address(people[2]), try Samples.address(people[3]))
        bench.edit { state in
            state.campaign?.status = .cancelled
            // A pause does not keep a cancelled campaign from its end.
            state.campaign?.pause = "bounces"
            state.records[mailed] = .init(campaign: "c1", sentRevision: 1)
            state.records[elsewhere] = .init(campaign: "other", sentRevision: 1)
            state.refusing = [refusing]
            state.records[refused] = .init(campaign: "c1", failedRevision: 1)
        }
        #expect(try await bench.run(SendingBench.job()) == .finished)
        #expect(bench.outbox.isEmpty)
        #expect(bench.done == [0: skips(alreadyInvited: 1, refused: 1, cancelled: 2)])
        #expect(bench.records.count == 3, "nobody is claimed")
        #expect(try await bench.run(SendingBench.job()) == .finished)
        #expect(bench.done == [0: skips(alreadyInvited: 1, refused: 1, cancelled: 2)])
    }

    @Test("of a cancelled campaign waits for who is in another sender's hands, and passes on the event's changes")
    func cancelledMeanwhile() async throws {
        let bench = try SendingBench(recipients: people, revision: 2)
        let (held, behind) = (try Samples.address(people[0]), try Samples.address(people[1]))
        bench.edit { state in
            state.campaign?.status = .cancelled
            state.records[held] = .init(campaign: "c1", claim: "x", lease: state.now + 20)
            state.records[behind] = .init(campaign: "c1", sentRevision: 1)
        }
        #expect(try await bench.run(SendingBench.job()) == .putBack(recipients: 1, cause: nil))
        #expect(bench.mails == [people[1]: 1], "who has the first revision gets the second")
        #expect(try await bench.drain())
        #expect(bench.mails == [people[1]: 1])
        #expect(bench.done == [0: skips(cancelled: 5)])
    }

    @Test("stops at once and waits long when the daily quota is used up")
    func quota() async throws {
        let bench = try SendingBench(recipients: people)
        let third = try Samples.address(people[2])
        bench.edit { $0.answer = { address, attempt in address == third && attempt == 0 ? .quotaExhausted : nil } }
        #expect(try await bench.run(SendingBench.job()) == .putBack(recipients: 4, cause: nil))
        #expect(bench.state.withLock(\.delays) == [.seconds(900)])
        #expect(bench.state.withLock { $0.calls.filter { $0 == "send" }.count } == 3)
        #expect(try await bench.drain())
        expectEachOnce(bench)
    }

    @Test("asks a used-up quota once, and not again with the next chunk")
    func quotaMemory() async throws {
        let bench = try SendingBench(recipients: people)
        bench.edit { $0.answer = { _, _ in .quotaExhausted } }
        let sending = InvitationSending(
            ports: bench.ports, policy: .init(lease: 700, concurrency: 1), addresses: Samples.addresses,
            links: Samples.links, secret: try Samples.secret())
        for chunk in 0..<3 {
            let outcome = try await sending.run(SendingBench.job(chunk), deadline: .now + .seconds(60))
            guard case .putBack(recipients: 6, _) = outcome else {
                Issue.record("\(outcome)")
                return
            }
        }
        #expect(bench.state.withLock(\.delays) == [.seconds(900), .seconds(900), .seconds(900)])
        #expect(bench.state.withLock { $0.calls.filter { $0 == "send" || $0 == "claim" } } == ["claim", "send"])
    }

    @Test("pauses the campaign when SES takes no mail of the account, and fails nobody")
    func accountRefused() async throws {
        let bench = try SendingBench(recipients: people)
        bench.edit { $0.answer = { _, _ in .accountRefused(reason: "SendingPausedException") } }
        #expect(try await bench.run(SendingBench.job()) == .putBack(recipients: 6, cause: nil))
        #expect(bench.state.withLock { $0.campaign?.pause }?.contains("SendingPausedException") == true)
        #expect(bench.state.withLock { $0.calls.filter { $0 == "send" }.count } == 1)
        #expect(bench.state.withLock(\.queue).first?.job.failures == 0)
        #expect(try await bench.run(SendingBench.job()) == .paused)
        bench.edit {
            $0.answer = { _, _ in nil }
            $0.campaign?.pause = nil
        }
        #expect(try await bench.drain())
        expectEachOnce(bench)
    }

    @Test("counts whom one campaign gave back for the campaign that sends to them")
    func givenBack() async throws {
        let bench = try SendingBench(recipients: people)
        bench.edit { $0.turns = 2 }
        _ = try await bench.run(SendingBench.job())
        let campaigns = bench.records.values.compactMap(\.campaign)
        #expect(campaigns == ["c1", "c1"])
        #expect(bench.state.withLock { $0.calls.filter { $0 == "claim" }.count } == 3, "it stops without a turn")
    }

    @Test("of an address SES refuses records the failure and goes on")
    func refused() async throws {
        let bench = try SendingBench(recipients: people)
        let bad = try Samples.address(people[1])
        bench.edit { $0.answer = { address, _ in address == bad ? .refused(reason: "MessageRejected") : nil } }
        #expect(try await bench.run(SendingBench.job()) == .finished)
        #expect(bench.mails.count == 5)
        #expect(bench.records[bad]?.failedRevision == 1)
        #expect(try await bench.run(SendingBench.job()) == .finished)
        #expect(bench.state.withLock { $0.attempts[bad] } == 1, "a refusal for good is not tried again")
    }

    @Test("without an answer from SES waits until the lease is over before it mails again")
    func unknownOutcome() async throws {
        let bench = try SendingBench(recipients: people)
        let lost = try Samples.address(people[4])
        bench.edit { $0.answer = { address, attempt in address == lost && attempt == 0 ? .unknown : nil } }
        #expect(try await bench.run(SendingBench.job()) == .putBack(recipients: 1, cause: nil))
        #expect(bench.state.withLock(\.delays) == [.seconds(SendingBench.lease + 1)])
        #expect(try await bench.run(SendingBench.job()) == .putBack(recipients: 1, cause: nil), "the lease is live")
        #expect(bench.mails[people[4]] == 1)
        #expect(try await bench.drain())
        #expect(bench.mails[people[4]] == 2, "the mail may have been lost, so it is sent again")
        #expect(bench.outbox.count == 7)
        #expect(bench.records[lost]?.sentRevision == 1)
    }

    @Test("that never gets an answer ends in the dead-letter queue")
    func neverAnswered() async throws {
        let bench = try SendingBench(recipients: ["bob@example.com"])
        bench.edit { $0.answer = { _, _ in .unknown } }
        var job = try SendingBench.job()
        for failures in 1...19 {
            #expect(try await bench.run(job) == .putBack(recipients: 1, cause: nil))
            job = bench.state.withLock { $0.queue.removeFirst().job }
            #expect(job.failures == failures)
            bench.edit { $0.now += SendingBench.lease + 1 }
        }
        #expect(
            await failure(InvitationSending.Failure.self) { try await bench.run(job) }
                == .keepsFailing(chunk: 0, cause: "no answer from SES"))
        #expect(bench.outbox.count == 20)
    }

    @Test("says what failed, backs off, and gives up at the limit")
    func failing() async throws {
        let bench = try SendingBench(recipients: people)
        var ports = bench.ports
        ports.send = { _ in throw SendingBench.Crash() }
        let sending = InvitationSending(
            ports: ports, policy: .init(lease: 30, failureLimit: 3), addresses: Samples.addresses, links: Samples.links,
            secret: try Samples.secret())
        let deadline = ContinuousClock.now + .seconds(600)
        #expect(
            try await sending.run(SendingBench.job(), deadline: deadline) == .putBack(recipients: 6, cause: "Crash()"))
        #expect(bench.records.values.allSatisfy { $0.lease == nil }, "nothing was sent: the claims are given back")
        let second = bench.state.withLock { $0.queue.removeFirst().job }
        #expect(second.failures == 1)
        _ = try await sending.run(second, deadline: deadline)
        let third = bench.state.withLock { $0.queue.removeFirst().job }
        #expect(bench.state.withLock(\.delays) == [.seconds(1), .seconds(2)])
        #expect(
            await failure(InvitationSending.Failure.self) { try await sending.run(third, deadline: deadline) }
                == .keepsFailing(chunk: 0, cause: "Crash()"))
    }

    @Test("puts everybody back when its time is over before it began")
    func deadline() async throws {
        let bench = try SendingBench(recipients: people)
        #expect(try await bench.run(SendingBench.job(), seconds: -1) == .putBack(recipients: 6, cause: nil))
        #expect(bench.records.isEmpty)
        #expect(bench.state.withLock(\.delays) == [.zero])
        #expect(try await bench.drain())
        expectEachOnce(bench)
    }

    @Test("puts back who has no turn in time", arguments: [1, 3])
    func noTurn(concurrency: Int) async throws {
        let bench = try SendingBench(recipients: people)
        bench.edit { $0.turns = 2 }
        #expect(
            try await bench.run(SendingBench.job(), concurrency: concurrency) == .putBack(recipients: 4, cause: nil))
        #expect(bench.outbox.count == 2)
        #expect(bench.records.values.allSatisfy { $0.lease == nil })
        bench.edit { $0.turns = .max }
        #expect(try await bench.drain(concurrency: concurrency))
        expectEachOnce(bench)
    }

    @Test("of people who asked for it mails each once, under no campaign")
    func single() async throws {
        let bench = try SendingBench(recipients: people)
        let bob = try Samples.address("bob@example.com")
        let invited = try Samples.address(people[0])
        bench.edit { $0.records[invited] = .init(campaign: "c1", sentRevision: 1) }
        let job = SendJob(
            event: try #require(EventUID(Samples.uid)),
            work: .recipients([Recipient(address: bob), Recipient(address: invited)], origin: .webForm))
        bench.edit { $0.answer = { address, attempt in address == bob && attempt == 0 ? .throttled : nil } }
        #expect(try await bench.run(job) == .putBack(recipients: 1, cause: nil))
        let put = try #require(bench.state.withLock(\.queue).first?.job)
        #expect(put.work == job.work && put.remaining == [0])
        #expect(try await bench.drain())
        #expect(bench.mails == ["bob@example.com": 1])
        #expect(bench.records[bob]?.sentRevision == 1)
        #expect(bench.done.isEmpty, "there is no chunk to mark")
        #expect(!bench.state.withLock(\.calls).contains { ["readChunk", "markDone"].contains($0) })
        #expect(try await bench.run(job) == .finished, "delivered again")
        #expect(bench.outbox.count == 1)
    }

    @Test("of a cancelled event mails nobody")
    func cancelled() async throws {
        let bench = try SendingBench(recipients: people)
        let cancelled = try Samples.event(revision: 2, status: .cancelled)
        bench.edit { $0.event = cancelled }
        #expect(try await bench.run(SendingBench.job()) == .finished)
        #expect(bench.outbox.isEmpty)
        #expect(bench.done == [0: skips(cancelled: 6)])
    }

    @Test("of an event that changes meanwhile ends with everybody at the new revision")
    func movedOn() async throws {
        let bench = try SendingBench(recipients: people)
        let changed = try Samples.event(revision: 2)
        bench.edit { $0.afterMail = { count, state in if count == 3 { state.event = changed } } }
        #expect(try await bench.run(SendingBench.job()) == .movedOn)
        #expect(bench.done.isEmpty)
        #expect(try await bench.drain())
        #expect(bench.outbox.filter { $0.revision == 2 }.map(\.to.normalized).sorted() == people)
        #expect(bench.outbox.filter { $0.revision == 1 }.count == 6)
        #expect(bench.records.values.allSatisfy { $0.sentRevision == 2 })
        #expect(bench.done == [0: SkipCounts()])
    }

    @Test("of a suspended organizer waits")
    func suspended() async throws {
        let bench = try SendingBench(recipients: people)
        bench.edit { $0.isSuspended = true }
        #expect(try await bench.run(SendingBench.job()) == .suspended)
        #expect(bench.outbox.isEmpty && bench.records.isEmpty)
        #expect(bench.state.withLock(\.delays) == [.seconds(900)])
        bench.edit { $0.isSuspended = false }
        #expect(try await bench.drain())
        expectEachOnce(bench)
    }

    @Test("ignores positions its chunk does not have")
    func positions() async throws {
        let bench = try SendingBench(recipients: people)
        var job = try SendingBench.job()
        job.remaining = [5, 6, -1, 1]
        #expect(try await bench.run(job) == .finished)
        #expect(bench.mails == [people[5]: 1, people[1]: 1])
    }

    @Test("of an unknown event or campaign fails")
    func unknown() async throws {
        let bench = try SendingBench(recipients: people)
        let uid = try #require(EventUID(Samples.uid))
        bench.edit { $0.campaign = nil }
        #expect(
            await failure(InvitationSending.Failure.self) { try await bench.run(SendingBench.job()) }
                == .unknownCampaign("c1"))
        bench.edit { $0.event = nil }
        #expect(
            await failure(InvitationSending.Failure.self) { try await bench.run(SendingBench.job()) }
                == .unknownEvent(uid))
    }
}
