import Scheduling
import Testing

@Suite("What a message does to an event")
struct EventDecisionTests {
    private let state = EventState(sequence: 2, stamp: 1000, message: "m1", isCancelled: false, schedule: "s1")

    private func decide(
        _ state: EventState?, _ action: OrganizerMessage.Action = .describe, sequence: Int = 2, stamp: Int64? = 1001,
        message: String = "m2", schedule: String = "s1"
    ) -> EventDecision {
        EventDecision.decide(
            state: state, action: action, sequence: sequence, stamp: stamp, message: message, schedule: schedule)
    }

    @Test("the first description creates it, a cancellation of nothing does nothing")
    func first() {
        #expect(decide(nil) == .create)
        #expect(decide(nil, .cancel) == .nothingToCancel)
    }

    @Test("the message that made it, delivered again, changes nothing")
    func repeated() {
        #expect(decide(state, sequence: 9, stamp: 9999, message: "m1", schedule: "s9") == .repeated)
        #expect(decide(state, .cancel, message: "m1") == .repeated)
    }

    @Test(
        "SEQUENCE orders messages, and DTSTAMP those of equal SEQUENCE",
        arguments: [
            (1, 9999 as Int64?, false), (2, 999, false), (2, 1000, true), (2, 1001, true), (3, 1, true),
            (3, nil, true), (2, nil, true), (1, nil, false),
        ])
    func order(sequence: Int, stamp: Int64?, isTaken: Bool) {
        #expect(
            decide(state, sequence: sequence, stamp: stamp) == (isTaken ? .update(asksAgain: false) : .outdated))
        #expect(decide(state, .cancel, sequence: sequence, stamp: stamp) == (isTaken ? .cancel : .outdated))
    }

    @Test("a stored event without DTSTAMP gives way to the same SEQUENCE")
    func noStoredStamp() {
        var state = state
        state.stamp = nil
        #expect(decide(state, stamp: 1) == .update(asksAgain: false))
    }

    @Test("another schedule asks everybody again")
    func schedule() {
        #expect(decide(state, schedule: "s2") == .update(asksAgain: true))
        #expect(decide(state, sequence: 3) == .update(asksAgain: false), "whatever the client did to SEQUENCE")
    }

    @Test("a cancelled event comes back by a higher SEQUENCE only")
    func cancelled() {
        var state = state
        state.isCancelled = true
        #expect(decide(state) == .outdated)
        #expect(decide(state, sequence: 3) == .update(asksAgain: true))
        #expect(decide(state, .cancel) == .repeated)
        #expect(decide(state, .cancel, sequence: 1) == .outdated)
    }
}
