import Audience
import InviteService
import Synchronization
import Testing

@Suite("Exporting a segment of Amazon Pinpoint")
struct SegmentExportTests {
    private final class Pinpoint: Sendable {
        struct State {
            var calls: [String] = []
            var states: [SegmentExport.State] = []
            var refusal: String?
            var now: Int64 = 1_795_340_010
        }

        let state = Mutex(State())
        let world: ImportWorld

        init(_ world: ImportWorld) { self.world = world }

        private func call(_ name: String) throws {
            try state.withLock { state in
                state.calls.append(name)
                if let refusal = state.refusal { throw SegmentExport.Refusal(code: refusal) }
            }
        }

        var export: SegmentExport {
            SegmentExport(
                ports: .init(
                    checkSegment: { segment in try self.call("segment \(segment.application) \(segment.id)") },
                    start: { segment, place in
                        try self.call("start")
                        #expect(place.prefix.hasPrefix("lists/ann@acme.example/x/") && place.prefix.hasSuffix("/"))
                        return "job-\(segment.version ?? 0)"
                    },
                    state: { _, job in
                        try self.call("state of \(job)")
                        return self.state.withLock { $0.states.isEmpty ? .running : $0.states.removeFirst() }
                    },
                    record: { _, job in
                        self.world.state.withLock { state in
                            state.campaign.export = state.campaign.export ?? job
                            return state.campaign.export ?? job
                        }
                    },
                    now: { self.state.withLock(\.now) }))
        }

        var calls: [String] { state.withLock(\.calls) }
    }

    private func world() throws -> ImportWorld {
        let row = #"{"ChannelType":"EMAIL","Address":"bob@example.com"}"#
        let world = try ImportWorld([Array(row.utf8)])
        world.state.withLock { $0.campaign.segment = PinpointSegment(application: "app", id: "seg", version: 4) }
        return world
    }

    @Test("starts one job, looks again without holding a function, and then reads what it wrote")
    func success() async throws {
        let world = try world()
        let pinpoint = Pinpoint(world)
        pinpoint.state.withLock { $0.states = [.running, .running, .completed] }
        for _ in 0..<3 { #expect(try await world.run(export: pinpoint.export) == .awaitingExport) }
        #expect(try await world.run(export: pinpoint.export) == .finished(.sending))
        #expect(
            pinpoint.calls == ["segment app seg", "start", "state of job-4", "state of job-4", "state of job-4"])
        #expect(world.state.withLock(\.delays) == [.seconds(5), .seconds(5), .seconds(5)])
        #expect(world.campaign.summary.accepted == 1)
    }

    @Test("waits longer for a job that takes long, and not for ever")
    func patience() async throws {
        let world = try world()
        let pinpoint = Pinpoint(world)
        _ = try await world.run(export: pinpoint.export)
        for (age, delay) in [(100, 25), (3600, 60)] {
            pinpoint.state.withLock { $0.now = 1_795_340_000 + Int64(age) }
            #expect(try await world.run(export: pinpoint.export) == .awaitingExport)
            #expect(world.state.withLock(\.delays).last == .seconds(delay))
        }
        pinpoint.state.withLock { $0.now += 12 * 3600 }
        #expect(try await world.run(export: pinpoint.export) == .finished(.failed))
        #expect(world.campaign.failure?.contains("12 hours") == true)
    }

    @Test("fails with what Pinpoint says, that its support has ended, and what to do instead")
    func failures() async throws {
        for (refusal, states, words) in [
            ("NotFoundException", [], "refused the segment seg (NotFoundException)"),
            ("ForbiddenException", [], "ForbiddenException"), ("ConnectionFailed", [], "ConnectionFailed"),
            (nil, [.failed(reasons: ["no access to the bucket"])], "could not export the segment: no access"),
        ] as [(String?, [SegmentExport.State], String)] {
            let world = try world()
            let pinpoint = Pinpoint(world)
            pinpoint.state.withLock {
                $0.refusal = refusal
                $0.states = states
            }
            if refusal == nil { _ = try await world.run(export: pinpoint.export) }
            #expect(try await world.run(export: pinpoint.export) == .finished(.failed))
            let failure = try #require(world.campaign.failure)
            #expect(failure.contains(words))
            #expect(failure.contains("ended on 2026-10-30"))
            #expect(failure.contains("Customer Profiles") && failure.contains("CSV"))
            #expect(world.state.withLock(\.notices).count == 1, "the organizer is told")
        }
    }

    @Test("is not tried where it is not set up, and given up when Pinpoint never answers")
    func notSetUp() async throws {
        let world = try world()
        #expect(try await world.run() == .finished(.failed))
        #expect(world.campaign.failure?.contains("may not export segments") == true)
        let silent = try self.world()
        await #expect(throws: SegmentImport.Failure.givenUp(campaign: "c1")) {
            try await silent.run(isLastReceive: true)
        }
        #expect(silent.campaign.failure?.contains("Pinpoint did not answer") == true)
    }
}
