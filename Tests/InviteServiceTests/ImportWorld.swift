import Audience
import InviteService
import JSON
import MailMessage
import Synchronization
import TestSupport

/// A campaign, the parts of its list, and what an import makes of them.
final class ImportWorld: Sendable {
    struct State {
        var campaign: Campaign
        var event: Event?
        var parts: [(key: String, bytes: [UInt8])] = []
        /// What the listing says of a part's size in place of the truth; more bytes make more partitions.
        var listedSize: Int?
        var pieceSize = 1000
        var refusing: Set<EmailAddress> = []
        /// People one event may invite.
        var limit = 1_000_000
        var organizer: Organizer?
        var reserved = 0
        var reservations: [String: Reservation.Outcome] = [:]
        var invited: Set<EmailAddress> = []
        /// Whoever is queued is invited already when the import looks again.
        var sendsAtOnce = false
        var chunks: [Int: [Recipient]] = [:]
        var jobs: [SendJob] = []
        /// Size of each call's batch.
        var batches: [Int] = []
        var objects: [String: [UInt8]] = [:]
        var continuations = 0
        var delays: [Duration] = []
        var disposable: [UInt8]?
        /// First chunks of the ranges to be queued again.
        var requeues: [Int] = []
        /// The call before which somebody cancels the campaign.
        var cancelledAt: Int?
        var notices: [Notice] = []
        /// The call that fails, counted from 0 over all ports, before or after it had its effect.
        var failsAt: Int?
        var failsAfterEffect = false
        var calls = 0
        /// Bytes of the largest run and state.
        var largestObject = 0
    }

    struct Crash: Error {}

    /// What must be the same however often an import was disturbed.
    struct Result: Equatable {
        var campaign: Campaign
        var chunks: [Int: [Recipient]]
        var jobs: Set<JSON>
        var reserved: Int
    }

    let state: Mutex<State>

    init(_ parts: [[UInt8]]) throws {
        let campaign = try Samples.campaign(status: .importing)
        var state = State(campaign: campaign, event: try Samples.event())
        for (index, bytes) in parts.enumerated() { state.parts.append(("lists/x/part-\(index).gz", bytes)) }
        self.state = Mutex(state)
    }

    var campaign: Campaign { state.withLock(\.campaign) }
    var jobs: [SendJob] { state.withLock(\.jobs) }
    var chunks: [Int: [Recipient]] { state.withLock(\.chunks) }

    var result: Result {
        state.withLock { state in
            var campaign = state.campaign
            campaign.checkpoint = nil
            return Result(
                campaign: campaign, chunks: state.chunks, jobs: Set(state.jobs.map(\.json)), reserved: state.reserved)
        }
    }

    private func called<Value>(_ body: (inout State) throws -> Value) throws -> Value {
        try state.withLock { state in
            defer { state.calls += 1 }
            if state.calls == state.cancelledAt, state.campaign.status != .failed { state.campaign.status = .cancelled }
            let fails = state.calls == state.failsAt
            if fails, !state.failsAfterEffect { throw Crash() }
            let value = try body(&state)
            if fails { throw Crash() }
            return value
        }
    }

    private func put(_ name: String, _ bytes: [UInt8]) throws {
        try called { state in
            state.objects[name] = bytes
            state.largestObject = max(state.largestObject, bytes.count)
        }
    }

    var ports: SegmentImport.Ports {
        SegmentImport.Ports(
            readCampaign: { id in try self.called { $0.campaign.id == id ? $0.campaign : nil } },
            readEvent: { _ in try self.called { $0.event } },
            listParts: { _ in
                try self.called { state in
                    state.parts.map { .init(key: $0.key, size: state.listedSize ?? $0.bytes.count) }
                }
            },
            openPart: { _, part, offset in
                let pieces = try self.called { state in
                    let bytes = state.parts.first { $0.key == part.key }?.bytes ?? []
                    return Array(bytes.dropFirst(offset)).pieces(of: state.pieceSize)
                }
                let source = Pieces(pieces)
                return SegmentImport.PartReader { source.next() }
            },
            readState: { _, name in try self.called { $0.objects["state " + name] ?? [] } },
            writeState: { _, name, bytes in try self.put("state " + name, bytes) },
            readRun: { _, name, range in
                try self.called { Array(($0.objects["run " + name] ?? [])[range]) }
            },
            writeRun: { _, name, bytes in try self.put("run " + name, bytes) },
            readOrganizer: { _ in try self.called { $0.organizer } },
            readPersons: { addresses in
                try self.called { state in
                    let refusing = addresses.filter { state.refusing.contains($0) }
                    let person = Person(isUnsubscribed: true, isSuppressed: false, blockedOrganizers: [])
                    return Dictionary(uniqueKeysWithValues: refusing.map { ($0, person) })
                }
            },
            readReserved: { _ in try self.called { $0.reserved } },
            readInvited: { _, addresses in try self.called { $0.invited.intersection(addresses) } },
            reserve: { reservation in
                try self.called { state in
                    if let before = state.reservations[reservation.id] { return before }
                    let granted = min(reservation.wanted, max(0, reservation.limit - state.reserved))
                    state.reserved += granted
                    let outcome = Reservation.Outcome(granted: granted, refused: reservation.wanted - granted)
                    state.reservations[reservation.id] = outcome
                    return outcome
                }
            },
            storeChunk: { _, number, recipients in
                try self.called { state in
                    if let stored = state.chunks[number] { return stored }
                    state.chunks[number] = recipients
                    return recipients
                }
            },
            enqueue: { jobs in
                try self.called { state in
                    state.jobs += jobs
                    state.batches.append(jobs.count)
                    guard state.sendsAtOnce else { return }
                    for case .chunk(_, let number) in jobs.map(\.work) {
                        state.invited.formUnion((state.chunks[number] ?? []).map(\.address))
                    }
                }
            },
            advance: { campaign, checkpoint in
                try self.called { state in
                    let expected = campaign.status == .cancelled ? campaign.status : .importing
                    guard state.campaign.status == expected, state.campaign.checkpoint == checkpoint else {
                        return state.campaign.checkpoint == campaign.checkpoint
                    }
                    state.campaign = campaign
                    return true
                }
            },
            readDisposableDomains: { try self.called { $0.disposable } },
            goOn: { job, delay in
                try self.called { state in
                    if let first = job.requeuedFrom { state.requeues.append(first) } else { state.continuations += 1 }
                    state.delays.append(delay)
                }
            },
            notify: { notice in try self.called { $0.notices.append(notice) } })
    }

    /// One delivery of the job.
    @discardableResult
    func run(
        policy: SegmentImport.Policy = .init(), for time: Duration = .seconds(600), isLastReceive: Bool = false,
        export: SegmentExport? = nil
    ) async throws -> SegmentImport.Outcome {
        try await SegmentImport(
            ports: ports, policy: policy, inviteLimit: state.withLock(\.limit), export: export
        ).run(
            ImportJob(campaign: campaign.id), deadline: .now + time, isLastReceive: isLastReceive)
    }

    private final class Pieces: Sendable {
        private let pieces: Mutex<[[UInt8]]>

        init(_ pieces: [[UInt8]]) { self.pieces = Mutex(pieces) }

        func next() -> [UInt8]? { pieces.withLock { $0.isEmpty ? nil : $0.removeFirst() } }
    }
}
