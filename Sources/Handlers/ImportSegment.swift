import AWSClients
import InviteService
import JSON
import LambdaEvents
import LambdaRuntime
import Store

/// Import queue: a campaign's list becomes chunks in the send queue, and so does again what is left of it. Also invoked by a Pinpoint custom channel and a
/// custom action of Amazon Connect, which hand over people a few at a time.
package struct ImportSegment: Sendable {
    private let segmentImport: SegmentImport
    private let requeue: ChunkRequeue
    private let direct: DirectInvitation
    /// Deliveries after which the import queue gives a message to its dead-letter queue.
    private let maximumReceives: Int

    package init(
        segmentImport: SegmentImport, requeue: ChunkRequeue, direct: DirectInvitation, maximumReceives: Int
    ) {
        self.segmentImport = segmentImport
        self.requeue = requeue
        self.direct = direct
        self.maximumReceives = maximumReceives
    }

    package static func live(_ environment: Environment) throws -> ImportSegment {
        let inviteLimit = try environment.number("INVITE_LIMIT")
        return ImportSegment(
            segmentImport: SegmentImport(
                ports: try .live(environment), inviteLimit: inviteLimit,
                export: try environment["PINPOINT_EXPORT_ROLE"].map {
                    SegmentExport(ports: try .live(environment, role: $0))
                }),
            requeue: ChunkRequeue(ports: try .live(environment)),
            direct: DirectInvitation(ports: try .live(environment), inviteLimit: inviteLimit),
            maximumReceives: try environment.number("MAX_RECEIVE_COUNT"))
    }

    package func handle(_ event: JSON, _ context: LambdaContext) async throws -> JSON {
        if PinpointChannelEvent.matches(event) { return try await invite(try PinpointChannelEvent(event)) }
        if ConnectActionEvent.matches(event) {
            return try await invite(try ConnectActionEvent(event), by: context.deadline)
        }
        return try await QueueBatch.process(
            event,
            countingReceives: { message, receives in
                let job = try ImportJob(json: message)
                let outcome: String
                if let first = job.requeuedFrom {
                    outcome = String(
                        describing: try await requeue.run(job.campaign, from: first, deadline: context.deadline))
                } else {
                    outcome = String(
                        describing: try await segmentImport.run(
                            job, deadline: context.deadline, isLastReceive: receives >= maximumReceives))
                }
                LambdaLog.write(
                    .info, "list", ["campaign": .string(job.campaign), "outcome": .string(outcome)])
            })
    }

    private func invite(_ event: PinpointChannelEvent) async throws -> JSON {
        let outcomes = try await direct.invite(
            event.endpoints.map { .init(id: $0.id, data: $0.value) }, toEventIn: event.data, origin: .pinpoint)
        log("pinpoint", outcomes)
        return PinpointChannelEvent.answer(outcomes)
    }

    /// Amazon Connect waits 30 seconds; whatever is answered later it has done again.
    private static let connectTime = Duration.seconds(25)

    private func invite(_ event: ConnectActionEvent, by deadline: ContinuousClock.Instant) async throws -> JSON {
        try await AWSDeadline.$current.withValue(min(deadline, .now + Self.connectTime)) { try await invite(event) }
    }

    /// A profile may name its own event; otherwise the campaign's name does.
    private func invite(_ event: ConnectActionEvent) async throws -> JSON {
        var outcomes: [(id: String, outcome: String)] = []
        var rest = event.profiles[...]
        while let first = rest.first {
            let named = first.data["event"]?.string ?? event.campaignName
            let group = rest.prefix { ($0.data["event"]?.string ?? event.campaignName) == named }
            outcomes += try await direct.invite(
                group.map { .init(id: $0.id, data: $0.data) }, toEventIn: named, origin: .connect)
            rest = rest.dropFirst(group.count)
        }
        log("connect", outcomes)
        return ConnectActionEvent.answer(outcomes)
    }

    private func log(_ source: String, _ outcomes: [(id: String, outcome: String)]) {
        var counts = JSONObject()
        for (_, outcome) in outcomes { counts[outcome] = .int((counts[outcome]?.int ?? 0) + 1) }
        LambdaLog.write(.info, "people handed over", ["source": .string(source), "outcomes": .object(counts)])
    }
}
