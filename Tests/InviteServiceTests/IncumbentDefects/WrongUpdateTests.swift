import Audience
import ICalendar
import InviteService
import MailMessage
import TestSupport
import Testing

@Suite("Wrong updates (defects 28 to 31)")
struct WrongUpdateTests {
    private let world = OrganizerWorld()
    private let people = (0..<6).map { "person\($0)@example.com" }

    @Test("28: the same invitation again, without a location, tells nobody")
    func identicalResend() async throws {
        let event = try await world.event(["DTSTART:20270110T150000Z"])
        let again = SampleMail.event(
            stamp: "20261123T090000Z", without: ["DTSTART", "DTEND"], ["DTSTART:20270110T150000Z"])
        #expect(
            try await world.events.receive(SampleMail.invitation(calendar: again), id: "m2") == .unchanged(event.uid))
        #expect(world.events.stageJobs.isEmpty)
    }

    @Test("29: an older message that comes late does not undo a newer one")
    func lateMessage() async throws {
        let event = try await world.event(["DTSTART:20270110T150000Z", "LOCATION:Room 5"])
        let newer = SampleMail.event(sequence: 2, stamp: "20261124T090000Z", ["LOCATION:Room 6"])
        let older = SampleMail.event(sequence: 1, stamp: "20261123T090000Z", ["LOCATION:Room 7"])
        _ = try await world.events.receive(SampleMail.invitation(calendar: newer), id: "m2")
        #expect(
            try await world.events.receive(SampleMail.invitation(calendar: older), id: "m3") == .outdated(event.uid))
        #expect(world.events.events.first?.location == "Room 6")
    }

    @Test("30: cancelling one date leaves the others")
    func oneDate() async throws {
        _ = try await world.event(["DTSTART:20270110T150000Z", "DTEND:20270110T160000Z", "RRULE:FREQ=WEEKLY;COUNT=3"])
        let cancel = SampleMail.event(
            method: "CANCEL", sequence: 1, stamp: "20261123T090000Z", without: ["DTSTART", "DTEND"],
            ["RECURRENCE-ID:20270117T150000Z"])
        _ = try await world.events.receive(SampleMail.invitation(method: "CANCEL", calendar: cancel), id: "m2")
        #expect(world.events.events.first?.status == .confirmed)
        #expect(try world.view(try #require(world.events.events.first)).exdates == [DateValue("20270117T150000Z")])
    }

    @Test("31: nobody is invited to what was cancelled")
    func invitedAfterCancellation() async throws {
        let bench = try SendingBench(recipients: people)
        let cancelled = try Samples.event(revision: 2, status: .cancelled)
        bench.edit { $0.event = cancelled }
        let single = SendJob(
            event: cancelled.uid, work: .recipients([Recipient(address: try Samples.address(people[0]))], origin: .api))
        _ = try await bench.run(SendingBench.job())
        _ = try await bench.run(single)
        #expect(bench.outbox.isEmpty && bench.records.isEmpty)
    }
}
