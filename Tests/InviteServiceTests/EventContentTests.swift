import InviteService
import JSON
import Scheduling
import Testing

@Suite("What an attendee gets of a changed event")
struct EventContentTests {
    private func event(
        _ revision: Int, _ changes: [(Int, EventChange.Scope)], status: Event.Status = .confirmed
    ) throws -> Event {
        var event = try Samples.event(revision: revision, status: status)
        event.changes = changes.map { EventChange(revision: $0, scope: $1) }
        return event
    }

    @Test("depends on what they were sent last")
    func content() throws {
        let moved = EventChange.Scope.instances(changed: [10], cancelled: [])
        let gone = EventChange.Scope.instances(changed: [], cancelled: [20])
        let cases: [(Int?, [(Int, EventChange.Scope)], OutgoingContent)] = [
            (nil, [(2, moved)], .invitation), (1, [(2, moved)], .instances([10])),
            (1, [(2, gone)], .instanceCancellation([20])),
            (1, [(2, moved), (3, .instances(changed: [11], cancelled: []))], .instances([10, 11])),
            (2, [(2, moved), (3, gone)], .instanceCancellation([20])),
            // One mail cannot hold a REQUEST and a CANCEL.
            (1, [(2, moved), (3, gone)], .invitation), (1, [(2, moved), (3, .whole)], .invitation),
            (2, [(2, .whole), (3, moved)], .instances([10])),
            // Moved, then cancelled; cancelled, then back.
            (1, [(2, moved), (3, .instances(changed: [], cancelled: [10]))], .instanceCancellation([10])),
            (1, [(2, gone), (3, .instances(changed: [20], cancelled: []))], .instances([20])),
            // Revision 2 is forgotten.
            (1, [(3, moved)], .invitation),
        ]
        for (sent, changes, expected) in cases {
            let revision = changes.last?.0 ?? 1
            #expect(try event(revision, changes).content(after: sent) == expected, "\(String(describing: sent))")
        }
        #expect(try event(3, [(2, moved), (3, .whole)], status: .cancelled).content(after: 2) == .cancellation)
    }

    @Test("is remembered in the form it is stored")
    func storedForm() {
        for scope in [
            EventChange.Scope.whole, .instances(changed: [1, -5], cancelled: []),
            .instances(changed: [], cancelled: [7]),
        ] {
            let change = EventChange(revision: 4, scope: scope)
            #expect(EventChange(json: change.json) == change)
        }
        #expect(EventChange(json: [:]) == nil)
    }
}
