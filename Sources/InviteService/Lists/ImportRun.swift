import Audience
import JSON
import MailMessage

/// One process's share of an import.
struct ImportRun {
    struct Overtaken: Error {}
    /// The campaign was cancelled; how far it is has been recorded.
    struct Cancelled: Error {}

    /// As last recorded.
    private(set) var campaign: Campaign
    private var state: ImportState
    private let event: Event
    /// People who may be invited to the event.
    private let limit: Int
    private let ports: SegmentImport.Ports
    private let policy: SegmentImport.Policy
    private let stopAt: ContinuousClock.Instant
    private let disposable: DisposableDomains?
    /// Sets what this process stores apart from what another one does.
    private let attempt = String(Campaign.newID().prefix(12))
    private var names = 0
    private var candidates: CandidateRun
    private var partitions: CandidatePartitions

    init(
        campaign: Campaign, event: Event, limit: Int, state: ImportState, ports: SegmentImport.Ports,
        policy: SegmentImport.Policy, stopAt: ContinuousClock.Instant, disposable: DisposableDomains?
    ) {
        self.disposable = disposable
        self.campaign = campaign
        self.event = event
        self.limit = limit
        self.state = state
        self.ports = ports
        self.policy = policy
        self.stopAt = stopAt
        candidates = CandidateRun(partitions: state.partitions)
        partitions = CandidatePartitions(campaign: campaign.id, count: state.partitions, read: ports.readRun)
    }

    private var isOutOfTime: Bool { ContinuousClock.now >= stopAt }

    private mutating func newName() -> String {
        names += 1
        return "\(attempt)-\(names)"
    }

    /// Stores what is collected and records how far the import is.
    private mutating func commit() async throws {
        try await storeRun()
        let name = newName()
        try await ports.writeState(campaign.id, name, state.json.bytes)
        var next = campaign
        next.checkpoint = name
        next.summary = state.summary
        next.chunks = state.chunks
        guard let recorded = try await ports.record(next, from: campaign.checkpoint) else { throw Overtaken() }
        campaign = recorded
        if campaign.status == .cancelled { throw Cancelled() }
    }

    private mutating func storeRun() async throws {
        guard !candidates.isEmpty else { return }
        let name = newName()
        try await ports.writeRun(campaign.id, name, candidates.take())
        state.runs.append(name)
    }

    // Reading.

    /// Reads the rest of the list; false when time ran out before its end.
    mutating func readParts() async throws -> Bool {
        guard state.part < state.parts.count else { return true }
        while state.part < state.parts.count {
            guard try await read(state.parts[state.part]) else { return false }
            state.part += 1
            state.position = nil
        }
        // From here on chunks are queued: whoever comes after this process must know that.
        try await commit()
        return true
    }

    /// Reads one part; one that breaks off keeps the rows before the break and is reported as a problem.
    private mutating func read(_ part: SegmentImport.Part) async throws -> Bool {
        let start = state.position
        var startsThere = false
        if let start { startsThere = start.layout.isSeekable && !state.isCompressed }
        let offset = startsThere ? (start.map { $0.layout.prefix + $0.offset } ?? 0) : 0
        let reader = try await ports.openPart(campaign.source.bucket, part, offset)
        var gzip = GzipReader()
        var list =
            start.map {
                ListReader(name: part.key, options: campaign.options, from: $0, startsThere: startsThere)
            } ?? ListReader(name: part.key, options: campaign.options)
        do {
            while let piece = try await reader.nextPiece() {
                // A small piece of compressed data can hold a thousand times its size.
                for slice in piece.pieces(of: 16 << 10) {
                    try gzip.read(slice) { bytes in
                        try list.read(bytes) { row, line in take(row, line, of: part) }
                    }
                    let isOutOfTime = isOutOfTime
                    guard candidates.size >= policy.runSize || isOutOfTime, let position = list.position else {
                        continue
                    }
                    if isOutOfTime, position == start { throw SegmentImport.Failure.noProgress(part: part.key) }
                    state.position = position
                    state.isCompressed = gzip.isCompressed
                    try await commit()
                    if isOutOfTime { return false }
                }
            }
            try gzip.finish { bytes in try list.read(bytes) { row, line in take(row, line, of: part) } }
            try list.finish { row, line in take(row, line, of: part) }
        } catch let failure as GzipReader.Failure {
            report(
                breakingOff: failure == .truncated ? "ends before its gzip data does" : "holds damaged gzip data",
                after: list.position, of: part)
        } catch ObjectReader.Failure.truncated {
            report(breakingOff: "ends within an object", after: list.position, of: part)
        } catch LineSplitter.Failure.lineTooLong(let line, let limit) {
            report(
                "The line is longer than \(limit) bytes. This and the rest of the file were not read.", line: line,
                of: part)
        } catch let refusal as ListRefusal {
            report(refusal.explanation, line: nil, of: part)
        }
        return true
    }

    private mutating func report(
        breakingOff what: String, after position: ListReader.Position?, of part: SegmentImport.Part
    ) {
        report(
            "The file \(what). The complete rows before that were used; export it again to add the rest.",
            line: (position?.line ?? 0) + 1, of: part)
    }

    private mutating func report(_ message: String, line: Int?, of part: SegmentImport.Part) {
        state.summary.add(.init(part: part.key, line: line, message: message), affectsRest: true)
    }

    private mutating func take(_ row: ListRow, _ line: Int, of part: SegmentImport.Part) {
        state.summary.rows += 1
        switch row {
        case .recipient(let recipient):
            if disposable?.contain(recipient.address) == true {
                state.summary.drop(.disposable)
            } else {
                candidates.add(recipient)
            }
        case .dropped(let reason, let detail):
            state.summary.drop(reason)
            if reason == .unreadable || reason == .badAddress {
                state.summary.add(.init(part: part.key, line: line, message: detail))
            }
        }
    }

    // Cutting into chunks.

    /// A chunk on its way: its candidates, who of them does not refuse, and in the end who is invited.
    private struct Chunk: Sendable {
        var number: Int
        var candidates: [Recipient]
        var willing: [Recipient] = []
        /// Who of them were invited before, and count no more against the event's limit.
        var invited: Set<EmailAddress> = []
        var recipients: [Recipient] = []
    }

    /// Cuts the rest of the candidates into chunks and queues them; false when time ran out before their end.
    mutating func queueChunks() async throws -> Bool {
        var groups = 0
        while !state.isFull {
            var group = try await nextGroup()
            if group.isEmpty { return true }
            group = try await sorted(group)
            let refused = try await reserve(&group)
            group = try await store(group)
            // The group is about to be queued: its recipients are known, and its chunks are stored.
            if !campaign.isDryRun {
                if refused > 0 { try await ports.notify(.limitReached(event, limit: limit)) }
                try await ports.enqueue(
                    group.map { SendJob(event: campaign.event, campaign: campaign.id, chunk: $0.number) })
            }
            record(group, refused: refused)
            groups += 1
            let isOutOfTime = isOutOfTime
            if isOutOfTime || groups.isMultiple(of: policy.groupsPerCheckpoint) {
                try await commit()
                if isOutOfTime { return false }
            }
        }
        return try await countRest()
    }

    /// Counts the candidates for whom there is no room, without chunks; false when time ran out before their end.
    private mutating func countRest() async throws -> Bool {
        while state.partition < state.partitions {
            let unique = try await partitions.unique(state.partition, of: state.runs)
            state.summary.drop(.overLimit, count: unique.recipients.count - state.taken)
            state.summary.drop(.duplicate, count: unique.duplicates)
            state.partition += 1
            state.taken = 0
            if isOutOfTime, state.partition < state.partitions {
                try await commit()
                return false
            }
        }
        return true
    }

    private mutating func nextGroup() async throws -> [Chunk] {
        var group: [Chunk] = []
        while group.count < policy.groupSize, state.partition < state.partitions {
            var chunk = Chunk(number: state.chunks + group.count, candidates: [])
            while chunk.candidates.count < SendJob.chunkSize, state.partition < state.partitions {
                let unique = try await partitions.unique(state.partition, of: state.runs)
                let rest = unique.recipients[state.taken...].prefix(SendJob.chunkSize - chunk.candidates.count)
                chunk.candidates += rest
                state.taken += rest.count
                if state.taken == unique.recipients.count {
                    state.summary.drop(.duplicate, count: unique.duplicates)
                    state.partition += 1
                    state.taken = 0
                }
            }
            if !chunk.candidates.isEmpty { group.append(chunk) }
        }
        return group
    }

    /// Takes out who refuses, and tells who is invited already.
    private func sorted(_ group: [Chunk]) async throws -> [Chunk] {
        let (campaign, ports) = (campaign, ports)
        // Without a reservation there is nobody who could have been invited before.
        let mayBeInvited = state.reserved > 0
        return try await concurrently(group) { chunk in
            let persons = try await ports.readPersons(chunk.candidates.map(\.address))
            chunk.willing = chunk.candidates.filter { persons[$0.address]?.refuses(campaign.organizer) != true }
            if mayBeInvited, !chunk.willing.isEmpty {
                chunk.invited = try await ports.readInvited(campaign.event, chunk.willing.map(\.address))
            }
        }
    }

    /// Gives the group's new people the room there is, in their order; says how many were left without.
    private mutating func reserve(_ group: inout [Chunk]) async throws -> Int {
        let wanted = group.reduce(0) { $0 + $1.willing.count - $1.invited.count }
        var outcome = Reservation.Outcome(granted: 0, refused: 0)
        if campaign.isDryRun {
            outcome.granted = min(wanted, max(0, limit - state.reserved))
            outcome.refused = wanted - outcome.granted
            state.reserved += outcome.granted
        } else if wanted > 0, let first = group.first {
            outcome = try await ports.reserve(
                Reservation(
                    event: campaign.event, id: Reservation.id(campaign: campaign.id, from: first.number),
                    wanted: wanted, limit: limit))
        }
        if outcome.granted == 0, outcome.refused > 0 { state.isFull = true }
        var room = outcome.granted
        for index in group.indices {
            let invited = group[index].invited
            group[index].recipients = group[index].willing.filter { recipient in
                if invited.contains(recipient.address) { return true }
                room -= 1
                return room >= 0
            }
        }
        return outcome.refused
    }

    /// A chunk stored by an attempt before stays as it is: it may be on its way already.
    private func store(_ group: [Chunk]) async throws -> [Chunk] {
        if campaign.isDryRun { return group }
        let (id, ports) = (campaign.id, ports)
        return try await concurrently(group) { chunk in
            chunk.recipients = try await ports.storeChunk(id, chunk.number, chunk.recipients)
        }
    }

    private func concurrently(
        _ group: [Chunk], _ body: @escaping @Sendable (inout Chunk) async throws -> Void
    ) async throws -> [Chunk] {
        try await withThrowingTaskGroup(of: Chunk.self) { tasks in
            for chunk in group {
                tasks.addTask {
                    var chunk = chunk
                    try await body(&chunk)
                    return chunk
                }
            }
            var done: [Chunk] = []
            for try await chunk in tasks { done.append(chunk) }
            return done.sorted { $0.number < $1.number }
        }
    }

    /// - Parameter refused: for want of room, counted when the group's reservation was made.
    private mutating func record(_ group: [Chunk], refused: Int) {
        let candidates = group.reduce(0) { $0 + $1.candidates.count }
        let accepted = group.reduce(0) { $0 + $1.recipients.count }
        state.summary.accepted += accepted
        let overLimit = min(refused, candidates - accepted)
        state.summary.drop(.overLimit, count: overLimit)
        state.summary.drop(.suppressed, count: candidates - accepted - overLimit)
        if campaign.isDryRun {
            let wanted = Self.sampleSize - state.summary.sample.count
            state.summary.sample += group.flatMap(\.recipients).prefix(max(wanted, 0)).map(\.address.masked)
        }
        state.chunks += group.count
    }

    private static let sampleSize = 10

    /// The campaign after the whole list.
    var outcome: Campaign {
        var ended = campaign
        ended.summary = state.summary
        ended.chunks = campaign.isDryRun ? 0 : state.chunks
        guard campaign.status != .cancelled else { return ended }
        ended.status = campaign.isDryRun ? .checked : state.summary.accepted > 0 ? .sending : .failed
        if ended.status == .failed {
            ended.failure = "No row of the list can be invited: \(state.summary.rows) rows were read, \(reasons)."
        }
        return ended
    }

    private var reasons: String {
        let counts = DropReason.allCases.compactMap { reason in
            state.summary.dropped[reason].map { "\($0) \(reason.rawValue)" }
        }
        if !counts.isEmpty { return counts.joined(separator: ", ") }
        return state.summary.problems.first.map(\.message) ?? "all empty"
    }
}
