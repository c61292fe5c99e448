import InviteService
import MailMessage
import Synchronization
import Testing

@Suite("What SES reports about sent mail")
struct FeedbackIntakeTests {
    /// The parts of attendees' and persons' records that feedback writes, with a fault at a chosen write.
    private final class Records: Sendable {
        struct State: Equatable {
            var outcomes: [String: DeliveryOutcome] = [:]
            var opened: [String: Int64] = [:]
            var suppressed: Set<String> = []
            var softDays: [String: Set<Int>] = [:]
            var unsubscribed: Set<String> = []
            var checks: Set<String> = []
        }

        struct Crash: Error {}

        let state = Mutex(State())
        private let failing = Mutex<Int?>(nil)

        func fail(at call: Int?) { failing.withLock { $0 = call } }

        /// Stores and then fails, as a write does whose answer is lost.
        private func write<Result>(_ change: (inout State) -> Result) throws -> Result {
            let result = state.withLock { change(&$0) }
            try failing.withLock { left in
                defer { left = left.map { $0 - 1 } }
                if left == 0 { throw Crash() }
            }
            return result
        }

        var intake: FeedbackIntake {
            FeedbackIntake(
                ports: .init(
                    recordOutcome: { _, address, outcome in
                        try self.write { state in
                            if let old = state.outcomes[address.normalized], old.order >= outcome.order { return false }
                            state.outcomes[address.normalized] = outcome
                            return true
                        }
                    },
                    recordOpening: { _, address, time in
                        try self.write { $0.opened[address.normalized] = $0.opened[address.normalized] ?? time }
                    },
                    suppress: { suppression in
                        try self.write { _ = $0.suppressed.insert(suppression.address.normalized) }
                    },
                    addSoftBounce: { address, day in
                        try self.write {
                            $0.softDays[address.normalized, default: []].insert(day)
                            return Array($0.softDays[address.normalized] ?? [])
                        }
                    },
                    forgetSoftBounces: { address, days in
                        try self.write { $0.softDays[address.normalized]?.subtract(days) }
                    },
                    unsubscribe: { address, _ in
                        try self.write { _ = $0.unsubscribed.insert(address.normalized) }
                    },
                    scheduleCheck: { campaign in try self.write { _ = $0.checks.insert(campaign) } }),
                softBounces: SoftBouncePolicy(limit: 3, span: 14))
        }
    }

    private let day: Int64 = 86_400

    private func feedback(
        _ kind: SendFeedback.Kind, _ address: String = "bob@example.com", revision: Int = 1, day: Int64 = 20_000
    ) throws -> SendFeedback {
        let event: EventUID = try #require(EventUID(Samples.uid))
        return SendFeedback(
            kind: kind, recipient: try Samples.address(address), event: event,
            revision: revision, campaign: "c1", time: day * self.day)
    }

    private func bounce(_ weight: SendFeedback.Bounce.Weight) -> SendFeedback.Kind {
        .bounced(SendFeedback.Bounce(weight: weight, detail: "x"))
    }

    @Test("a hard bounce and a complaint suppress the address at once, and have the campaign checked")
    func suppression() async throws {
        let kinds: [SendFeedback.Kind] = [bounce(.permanent), bounce(.listed), .complained]
        for (index, kind) in kinds.enumerated() {
            let records = Records()
            let outcome = try await records.intake.run(try feedback(kind))
            #expect(outcome == .recorded(index == 2 ? .complained : .bounced))
            let state = records.state.withLock(\.self)
            #expect(state.suppressed == ["bob@example.com"])
            #expect(state.checks == ["c1"])
        }
    }

    @Test("soft bounces suppress on the third day within two weeks, and not before")
    func softBounces() async throws {
        let records = Records()
        for day: Int64 in [100, 100, 101, 120] {
            _ = try await records.intake.run(try feedback(bounce(.transient), day: day))
        }
        #expect(records.state.withLock { $0.suppressed.isEmpty })
        #expect(records.state.withLock { $0.softDays["bob@example.com"] } == [120], "what is long ago is forgotten")
        for day: Int64 in [121, 133] { _ = try await records.intake.run(try feedback(bounce(.transient), day: day)) }
        #expect(records.state.withLock { $0.suppressed } == ["bob@example.com"])
    }

    @Test("a mail that is refused for its content says nothing about the address")
    func content() async throws {
        let records = Records()
        for day in 1...5 as ClosedRange<Int64> {
            _ = try await records.intake.run(try feedback(bounce(.content), day: day))
        }
        #expect(records.state.withLock { $0.suppressed.isEmpty && $0.softDays.isEmpty })
        #expect(records.state.withLock { $0.outcomes["bob@example.com"]?.delivery } == .bounced)
    }

    @Test("the same reports in any order, repeated and broken off, end in the same records")
    func anyOrder() async throws {
        let reports = try [
            feedback(.delivered), feedback(.opened), feedback(bounce(.transient), "cy@example.com", day: 1),
            feedback(bounce(.transient), "cy@example.com", day: 2), feedback(.delivered, "cy@example.com", revision: 2),
            feedback(bounce(.transient), "cy@example.com", day: 3), feedback(.complained), feedback(.delivered),
            feedback(bounce(.permanent), "di@example.com"), feedback(.delivered, "di@example.com"),
            feedback(.rejected, "ed@example.com"), feedback(.unsubscribed, "ed@example.com"),
        ]
        let straight = Records()
        for report in reports { _ = try await straight.intake.run(report) }
        let expected = straight.state.withLock(\.self)
        #expect(
            expected.outcomes.mapValues(\.delivery) == [
                "bob@example.com": .complained, "cy@example.com": .delivered, "di@example.com": .bounced,
                "ed@example.com": .failed,
            ])
        var generator = Seeded(state: 7)
        for round in 0..<200 {
            let records = Records()
            for report in (reports + reports).shuffled(using: &generator) {
                records.fail(at: round.isMultiple(of: 2) ? Int.random(in: 0..<3, using: &generator) : nil)
                do {
                    _ = try await records.intake.run(report)
                } catch {
                    records.fail(at: nil)
                    _ = try await records.intake.run(report)
                }
            }
            let state = records.state.withLock(\.self)
            #expect(state.outcomes.mapValues(\.order) == expected.outcomes.mapValues(\.order), "round \(round)")
            #expect(state.suppressed == expected.suppressed)
            #expect(state.unsubscribed == expected.unsubscribed)
            #expect(state.checks == expected.checks)
        }
    }

    @Test("mail about no event still suppresses, and a delay changes nothing")
    func noEvent() async throws {
        let records = Records()
        var notice = try feedback(bounce(.permanent))
        notice.event = nil
        notice.campaign = nil
        #expect(try await records.intake.run(notice) == .nothingNew)
        #expect(records.state.withLock { $0.suppressed } == ["bob@example.com"])
        #expect(try await records.intake.run(try feedback(.none, "cy@example.com")) == .ignored)
        #expect(records.state.withLock { $0.outcomes.isEmpty && $0.checks.isEmpty })
    }

    @Test("times are read as AWS writes them")
    func timestamps() {
        #expect(Timestamp.epochSeconds("2026-11-22T12:00:00.250Z") == 1_795_348_800)
        #expect(Timestamp.epochSeconds("2016-02-29T23:59:59Z") == 1_456_790_399)
        for text in ["", "2026-11-22", "2026-13-22T12:00:00Z", "2026-11-22T25:00:00Z", "2026-11-22T12:00:00+01:00"] {
            #expect(Timestamp.epochSeconds(text) == nil, "\(text)")
        }
    }
}

/// Random numbers that are the same in every run (xorshift).
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}
