import Audience
import ICalendar
import InviteService
import MailMessage
import Scheduling
import Synchronization
import TestSupport
import Testing

@Suite("Sending a change to those who have the event")
struct UpdateSendingTests {
    private let people = (0..<4).map { "person\($0)@example.com" }

    private func attendees(_ addresses: [String]) throws -> SendJob {
        SendJob(
            event: try #require(EventUID(Samples.uid)),
            work: .attendees(try addresses.map { Recipient(address: try Samples.address($0)) }))
    }

    private func event(
        _ revision: Int, sequence: Int = 0, status: Event.Status = .confirmed, scope: EventChange.Scope = .whole
    ) throws -> Event {
        var event = try Samples.event(revision: revision, sequence: sequence, status: status)
        event.changes = [EventChange(revision: revision, scope: scope)]
        return event
    }

    private func invited(_ event: Event) throws -> SendingBench {
        let bench = try SendingBench(recipients: people)
        for person in people {
            let address = try Samples.address(person)
            bench.edit {
                $0.records[address] = .init(campaign: "c1", sentRevision: 1, response: .accepted, replySequence: 0)
            }
        }
        bench.edit { $0.event = event }
        return bench
    }

    @Test("of the time asks everybody again, and of words leaves their answers")
    func asksAgain() async throws {
        for (sequence, response) in [(1, Response.noAction), (0, .accepted)] {
            let bench = try invited(event(2, sequence: sequence))
            #expect(try await bench.run(attendees(people)) == .finished)
            #expect(bench.records.values.allSatisfy { $0.response == response && $0.sentRevision == 2 })
            #expect(bench.outbox.map(\.method) == Array(repeating: "REQUEST", count: 4))
            #expect(try await bench.run(attendees(people)) == .finished, "delivered again")
            #expect(bench.outbox.count == 4)
        }
    }

    @Test("of one date's words repeats what was answered to that date, and of its time asks again")
    func oneDate() async throws {
        let date: Int64 = 1_800_198_000
        for (sequence, expected) in [
            (0, [ParticipationStatus.declined, .accepted]), (1, [.needsAction, .needsAction]),
        ] {
            var event = try event(2, scope: .instances(changed: [date], cancelled: []))
            event.sequence = sequence
            if sequence == 1 { event.askedInstances = [date: 1] }
            let bench = try invited(event)
            let decliner = try Samples.address(people[0])
            bench.edit { state in
                state.calendar = SampleMail.lines(
                    SampleMail.event(["RRULE:FREQ=WEEKLY;COUNT=4"]).dropLast() + [
                        "BEGIN:VEVENT", "UID:tea@acme.example", "DTSTAMP:20261123T090000Z",
                        "RECURRENCE-ID:20270117T150000Z", "DTSTART:20270117T150000Z", "DTEND:20270117T160000Z",
                        "SUMMARY:Tea in the garden", "END:VEVENT", "END:VCALENDAR",
                    ])
                state.dateAnswers[decliner] = [
                    date: .init(response: .declined, stamp: ReplyStamp(sequence: 0, stamp: 1, sent: 1))
                ]
            }
            #expect(try await bench.run(attendees(Array(people.prefix(2)))) == .finished)
            #expect(bench.outbox.map(\.participation) == expected)
        }
    }

    @Test("of one date sends only that, but the whole event to who asks for it")
    func asked() async throws {
        let bench = try invited(event(2, sequence: 0, scope: .instances(changed: [], cancelled: [1_799_593_200])))
        let asking = SendJob(
            event: try #require(EventUID(Samples.uid)),
            work: .recipients([Recipient(address: try Samples.address(people[0]))], origin: .vip))
        #expect(try await bench.run(asking) == .finished)
        #expect(bench.outbox.map(\.method) == ["REQUEST"])
        #expect(try await bench.run(attendees(people)) == .finished)
        #expect(bench.outbox.dropFirst().map(\.method) == ["CANCEL", "CANCEL", "CANCEL"])
    }

    @Test("keeps the answer of who answered the new time before the mail was recorded")
    func newAnswer() async throws {
        let bench = try invited(event(2, sequence: 1))
        let quick = try Samples.address(people[0])
        bench.edit { state in
            state.afterMail = { count, state in
                guard count == 1 else { return }
                state.records[quick]?.response = .tentative
                state.records[quick]?.replySequence = 1
            }
            state.answer = { address, attempt in address == quick && attempt == 0 ? .unknown : nil }
        }
        bench.enqueue(try attendees(people))
        #expect(try await bench.drain())
        #expect(bench.records[quick]?.response == .tentative)
        #expect(bench.mails[people[0]] == 2, "no answer came to the first mail")
    }

    @Test("forgets the answer to an earlier time also of who wants no mail")
    func refusing() async throws {
        let bench = try invited(event(2, sequence: 1))
        let gone = try Samples.address(people[3])
        bench.edit { $0.refusing = [gone] }
        #expect(try await bench.run(attendees(people)) == .finished)
        #expect(bench.mails[people[3]] == nil)
        #expect(bench.records[gone]?.response == .noAction)
        #expect(bench.records[gone]?.sentRevision == 1)
    }

    @Test("leaves alone who declined, where the event says so")
    func declined() async throws {
        var changed = try event(2, sequence: 1)
        changed.updates = .notDeclined
        let bench = try invited(changed)
        let no = try Samples.address(people[1])
        bench.edit { $0.records[no]?.response = .declined }
        #expect(try await bench.run(attendees(people)) == .finished)
        #expect(bench.mails.count == 3 && bench.mails[people[1]] == nil)
        #expect(bench.records[no]?.response == .declined)
    }

    @Test("cancels for those who were sent something, and for nobody else")
    func cancellation() async throws {
        let bench = try invited(event(2, sequence: 1, status: .cancelled))
        let (claimed, failed, lost) = (
            try Samples.address("claimed@example.com"), try Samples.address("failed@example.com"),
            try Samples.address("lost@example.com")
        )
        bench.edit { state in
            state.records[claimed] = .init(campaign: "c1")
            state.records[failed] = .init(campaign: "c1", failedRevision: 1)
            // Its sender died: the mail may have gone out.
            state.records[lost] = .init(campaign: "c1", claim: "x", lease: state.now - 1)
        }
        let all = people + ["claimed@example.com", "failed@example.com", "lost@example.com", "never@example.com"]
        #expect(try await bench.run(attendees(all)) == .finished)
        #expect(Set(bench.mails.keys) == Set(people + ["lost@example.com"]))
        #expect(bench.outbox.allSatisfy { $0.method == "CANCEL" })
        #expect(bench.records[try Samples.address("never@example.com")] == nil, "nobody gets a record by it")
    }

    @Test("a chunk that comes again after the cancellation counts who was sent it as sent")
    func countsAfterCancellation() async throws {
        let bench = try SendingBench(recipients: people)
        let (blocked, other) = (try Samples.address(people[1]), try Samples.address(people[2]))
        bench.edit {
            $0.records[other] = .init(campaign: "other", sentRevision: 1)
            $0.turns = 2
        }
        guard case .putBack = try await bench.run(SendingBench.job()) else {
            Issue.record("all had a turn")
            return
        }
        bench.edit {
            $0.turns = .max
            $0.queue = []
            $0.refusing = [blocked]
        }
        #expect(bench.outbox.map(\.to.normalized) == [people[0], people[1]])
        let cancelled = try event(2, sequence: 1, status: .cancelled)
        bench.edit { $0.event = cancelled }
        #expect(try await bench.run(SendingBench.job()) == .finished)
        var expected = SkipCounts()
        // person0 and person1 were sent the invitation, person2 by another campaign.
        expected.alreadyInvited = 1
        expected.cancelled = 1
        #expect(bench.done == [0: expected])
        #expect(bench.outbox.filter { $0.method == "CANCEL" }.map(\.to.normalized) == [people[0], people[2]])
    }

    /// Everybody reached must end with the last state, whenever the change came and was spread.
    @Test(
        "that comes at any moment of a running campaign leaves everybody with the last state",
        arguments: [Event.Status.confirmed, .cancelled])
    func overtakesCampaign(status: Event.Status) async throws {
        let changed = try event(2, sequence: 1, status: status)
        let probe = try SendingBench(recipients: people)
        probe.enqueue(try SendingBench.job())
        #expect(try await probe.drain())
        let calls = probe.state.withLock(\.calls).count
        for call in 0...calls {
            for dies in [false, true] {
                let bench = try SendingBench(recipients: people)
                let throttled = try Samples.address(people[2])
                bench.edit { $0.answer = { $0 == throttled && $1 == 0 ? .throttled : nil } }
                bench.interlude.withLock {
                    $0 = (
                        call,
                        {
                            try await bench.spread(changed)
                            if dies {
                                bench.edit {
                                    $0.faultAt = $0.calls.count + 1
                                    $0.diesAtFault = true
                                }
                            }
                        }
                    )
                }
                bench.enqueue(try SendingBench.job())
                #expect(try await bench.drain())
                // A change after the last call comes now.
                if bench.state.withLock({ $0.event?.revision }) == 1 {
                    bench.interlude.withLock { $0 = nil }
                    try await bench.spread(changed)
                    #expect(try await bench.drain())
                }
                try expectLastState(bench, changed, "change before call \(call), dies: \(dies)")
            }
        }
    }

    @Test("overtaken by a cancellation, ends with everybody told of it")
    func overtakesUpdate() async throws {
        let (changed, cancelled) = (try event(2, sequence: 1), try event(3, sequence: 2, status: .cancelled))
        for call in 0..<30 {
            let bench = try SendingBench(recipients: people)
            bench.enqueue(try SendingBench.job())
            #expect(try await bench.drain())
            try await bench.spread(changed)
            let start = bench.state.withLock(\.calls).count
            bench.interlude.withLock { $0 = (start + call, { try await bench.spread(cancelled) }) }
            #expect(try await bench.drain())
            if bench.state.withLock({ $0.event?.revision }) == 2 {
                bench.interlude.withLock { $0 = nil }
                try await bench.spread(cancelled)
                #expect(try await bench.drain())
            }
            try expectLastState(bench, cancelled, "cancelled before call \(call)")
        }
    }

    private func expectLastState(_ bench: SendingBench, _ event: Event, _ place: Comment) throws {
        var (sent, skipped) = (0, 0)
        for person in people {
            let mails = bench.outbox.filter { $0.to.normalized == person }
            let record = bench.records[try Samples.address(person)]
            if event.status == .cancelled {
                // Told of it, or never bothered at all.
                #expect(mails.last?.method == (mails.isEmpty ? nil : "CANCEL"), "\(person), \(place)")
            } else {
                #expect(mails.last?.revision == event.revision, "\(person), \(place)")
            }
            if record?.sentRevision != nil { sent += 1 }
            #expect(record?.claim == nil, place)
        }
        skipped = (bench.done[0]?.cancelled ?? 0) + (bench.done[0]?.alreadyInvited ?? 0) + (bench.done[0]?.refused ?? 0)
        #expect(bench.done.count == 1, place)
        #expect(sent + skipped == people.count, "each is counted once, \(place)")
    }
}
