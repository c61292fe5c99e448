import InviteService
import MailMessage
import Synchronization
import Testing

/// Every port call of a chunk's work goes wrong once, in every way it can; what is left afterwards must be what an
/// undisturbed run leaves.
@Suite("Sending a chunk through faults")
struct InvitationSendingFaultTests {
    /// Somebody ordinary, throttled once, refused by SES, refusing, and invited by another campaign.
    private func bench() throws -> SendingBench {
        let bench = try SendingBench(recipients: [
            "ann@example.com", "throttled@example.com", "refused@example.com", "blocked@example.com",
            "invited@example.com", "zoe@example.com",
        ])
        let (throttled, refused) = (
            try Samples.address("throttled@example.com"), try Samples.address("refused@example.com")
        )
        let (blocked, invited) = (
            try Samples.address("blocked@example.com"), try Samples.address("invited@example.com")
        )
        bench.edit { state in
            state.refusing = [blocked]
            state.records[invited] = .init(campaign: "other", sentRevision: 1)
            state.answer = { address, attempt in
                if address == throttled, attempt == 0 { return .throttled }
                return address == refused ? .refused(reason: "MessageRejected") : nil
            }
        }
        return bench
    }

    private func undisturbed(concurrency: Int) async throws -> SendingBench {
        let bench = try bench()
        bench.enqueue(try SendingBench.job())
        #expect(try await bench.drain(concurrency: concurrency))
        #expect(bench.mails == ["ann@example.com": 1, "throttled@example.com": 1, "zoe@example.com": 1])
        return bench
    }

    @Test(
        "ends as without them, and repeats no mail but one that was in flight",
        arguments: [SendingBench.Fault.before, .after], [false, true])
    func sweep(fault: SendingBench.Fault, diesAtFault: Bool) async throws {
        for concurrency in [1, 3] {
            let expected = try await undisturbed(concurrency: concurrency)
            let calls = expected.state.withLock(\.calls)
            #expect(calls.count > 25)
            for call in calls.indices {
                let bench = try bench()
                bench.edit {
                    $0.faultAt = call
                    $0.fault = fault
                    $0.diesAtFault = diesAtFault
                }
                bench.enqueue(try SendingBench.job())
                let place: Comment =
                    "call \(call), \(bench.state.withLock(\.calls).last ?? "") of \(concurrency) at a time"
                #expect(try await bench.drain(concurrency: concurrency), place)
                #expect(bench.records == expected.records, place)
                #expect(bench.done == expected.done, place)
                #expect(Set(bench.mails.keys) == Set(expected.mails.keys), place)
                // Only between handing a mail to SES and recording it can it be repeated.
                let repeats = bench.outbox.count - expected.outbox.count
                #expect(repeats <= concurrency, place)
                if concurrency == 1 {
                    let faulty = bench.state.withLock { $0.calls[call] }
                    let isInFlight =
                        (faulty == "send" && fault == .after) || (faulty == "recordSent" && fault == .before)
                    #expect(repeats == 0 || isInFlight, "\(repeats) repeats after \(faulty), \(place)")
                }
            }
        }
    }

    @Test("by chance at any of its calls, again and again, ends with everybody mailed")
    func storm() async throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<30 {
            let bench = try bench()
            bench.enqueue(try SendingBench.job())
            let expected = try await undisturbed(concurrency: 3)
            for _ in 0..<6 {
                let next = bench.state.withLock(\.calls).count + Int.random(in: 0..<20, using: &generator)
                let isDeath = Bool.random(using: &generator)
                bench.edit {
                    $0.faultAt = next
                    $0.fault = isDeath ? .before : .after
                    $0.diesAtFault = isDeath
                }
                _ = try await bench.drain(concurrency: 3, rounds: 2)
            }
            bench.edit { $0.faultAt = nil }
            #expect(try await bench.drain(concurrency: 3))
            #expect(bench.records == expected.records)
            #expect(bench.done == expected.done)
            #expect(Set(bench.mails.keys) == Set(expected.mails.keys))
        }
    }
}
