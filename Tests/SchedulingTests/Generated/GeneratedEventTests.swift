import Foundation
import ICalendar
import Scheduling
import TestSupport
import Testing

@Suite("Ten thousand generated events")
struct GeneratedEventTests {
    private static let seeds = (0..<8).map { UInt64($0) * 1250..<UInt64($0 + 1) * 1250 }

    @Test("become invitations by the letter of the standards that say what the organizer said", arguments: seeds)
    func invitations(seeds: Range<UInt64>) throws {
        for seed in seeds {
            let invitation = try GeneratedInvitation(seed: seed)
            let faults = StrictCalendar.faults(in: invitation.bytes) + invitation.differences
            #expect(faults.isEmpty, "event \(seed): \(faults.joined(separator: "\n"))")
        }
    }

    @Test("are cancelled by the letter of the standards", arguments: seeds)
    func cancellations(seeds: Range<UInt64>) throws {
        for seed in seeds {
            let faults = StrictCalendar.faults(in: try GeneratedInvitation(seed: seed, content: .cancellation).bytes)
            #expect(faults.isEmpty, "event \(seed): \(faults.joined(separator: "\n"))")
        }
    }

    @Test("are the same when written and read", arguments: seeds)
    func roundTrip(seeds: Range<UInt64>) throws {
        for seed in seeds {
            // What is read is clean: no control characters, which are not written.
            let source = try GeneratedInvitation(seed: seed).source
            let written = ICalendar.serialize(source)
            let again = ICalendar.parse(written)
            #expect(again.problems == [], "event \(seed)")
            #expect(again.calendars == [source], "event \(seed)")
            #expect(ICalendar.serialize(source) == written, "event \(seed)")
        }
    }

    @Test("are changed date by date, published and answered by the letter of the standards", arguments: seeds)
    func others(seeds: Range<UInt64>) throws {
        var kinds: Set<String> = []
        // Every fourth: they are made of the same properties as the invitations.
        for seed in seeds where seed.isMultiple(of: 4) {
            for (name, bytes) in try GeneratedInvitation.others(seed: seed) {
                let faults = StrictCalendar.faults(in: bytes)
                #expect(faults.isEmpty, "event \(seed), \(name): \(faults.joined(separator: "\n"))")
                kinds.insert(name)
            }
        }
        #expect(kinds == ["instances", "instance-cancellation", "publication", "reply"])
    }
}
