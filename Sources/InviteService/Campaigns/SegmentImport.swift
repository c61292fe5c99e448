import Audience
import MailMessage

/// Reads a campaign's list from S3, drops who may not be invited, and hands the rest to the send queue in chunks.
///
/// Running it again after a crash makes the same chunks under the same numbers from the same list, so nothing is lost
/// and, since senders claim each recipient, nobody is invited twice.
package struct SegmentImport: Sendable {
    package struct Ports: Sendable {
        package var readCampaign: @Sendable (_ id: String) async throws -> Campaign?
        package var readEvent: @Sendable (EventUID) async throws -> Event?
        package var listParts: @Sendable (ListSource) async throws -> [Part]
        package var openPart: @Sendable (_ bucket: String, Part) async throws -> PartReader
        package var readPersons: @Sendable ([EmailAddress]) async throws -> [EmailAddress: Person]
        package var writeChunk: @Sendable (_ campaign: String, _ number: Int, [Recipient]) async throws -> Void
        package var enqueue: @Sendable ([SendJob]) async throws -> Void
        package var finish: @Sendable (_ campaign: Campaign) async throws -> Void

        package init(
            readCampaign: @escaping @Sendable (_ id: String) async throws -> Campaign?,
            readEvent: @escaping @Sendable (EventUID) async throws -> Event?,
            listParts: @escaping @Sendable (ListSource) async throws -> [Part],
            openPart: @escaping @Sendable (_ bucket: String, Part) async throws -> PartReader,
            readPersons: @escaping @Sendable ([EmailAddress]) async throws -> [EmailAddress: Person],
            writeChunk: @escaping @Sendable (_ campaign: String, _ number: Int, [Recipient]) async throws -> Void,
            enqueue: @escaping @Sendable ([SendJob]) async throws -> Void,
            finish: @escaping @Sendable (_ campaign: Campaign) async throws -> Void
        ) {
            self.readCampaign = readCampaign
            self.readEvent = readEvent
            self.listParts = listParts
            self.openPart = openPart
            self.readPersons = readPersons
            self.writeChunk = writeChunk
            self.enqueue = enqueue
            self.finish = finish
        }
    }

    /// One object of the list.
    package struct Part: Sendable, Equatable {
        package var key: String
        /// Bytes.
        package var size: Int

        package init(key: String, size: Int) {
            self.key = key
            self.size = size
        }
    }

    /// Gives an object's bytes piece by piece; nil after the last.
    package struct PartReader: Sendable {
        package var nextPiece: @Sendable () async throws -> [UInt8]?

        package init(nextPiece: @escaping @Sendable () async throws -> [UInt8]?) { self.nextPiece = nextPiece }
    }

    private let ports: Ports

    package init(ports: Ports) { self.ports = ports }

    package func run(_ job: ImportJob) async throws {
        // A campaign that is gone or done already: a repeated message.
        guard var campaign = try await ports.readCampaign(job.campaign), campaign.status == .importing else { return }
        guard let event = try await ports.readEvent(campaign.event), event.status != .cancelled else {
            campaign.status = .failed
            campaign.failure = "The event was cancelled before its list was read."
            return try await ports.finish(campaign)
        }
        let parts = try await ports.listParts(campaign.source).filter { $0.size > 0 && !$0.key.hasSuffix("/") }
        var run = ImportRun(campaign: campaign, ports: ports)
        for part in parts { try await run.read(part) }
        try await run.flush()
        try await ports.finish(run.outcome(parts: parts.count))
    }
}

/// The state of one import as it goes through its list.
private struct ImportRun {
    private var campaign: Campaign
    private let ports: SegmentImport.Ports
    private var summary = ImportSummary()
    private var seen: Set<String> = []
    private var pending: [Recipient] = []
    private var jobs: [SendJob] = []
    private var chunks = 0

    init(campaign: Campaign, ports: SegmentImport.Ports) {
        self.campaign = campaign
        self.ports = ports
    }

    /// Reads one part; a part that breaks off keeps the rows before the break and is reported as a problem.
    mutating func read(_ part: SegmentImport.Part) async throws {
        let reader = try await ports.openPart(campaign.source.bucket, part)
        var gzip = GzipReader()
        var lines = LineSplitter()
        do {
            while let piece = try await reader.nextPiece() {
                try gzip.read(piece) { bytes in
                    try lines.read(bytes) { line, number in take(line, number, of: part) }
                }
                try await sendFullChunks()
            }
            try gzip.finish { bytes in try lines.read(bytes) { line, number in take(line, number, of: part) } }
            try lines.finish { line, number in take(line, number, of: part) }
        } catch let failure as GzipReader.Failure {
            let what = failure == .truncated ? "ends before its gzip data does" : "holds damaged gzip data"
            report(
                "The file \(what). The complete rows before that were used; export it again to add the rest.",
                after: lines, of: part)
        } catch LineSplitter.Failure.lineTooLong(let line, let limit) {
            summary.add(
                .init(
                    part: part.key, line: line,
                    message: "The line is longer than \(limit) bytes. This and the rest of the file were not read."),
                affectsRest: true)
        }
        try await sendFullChunks()
    }

    private mutating func report(_ message: String, after lines: LineSplitter, of part: SegmentImport.Part) {
        summary.add(.init(part: part.key, line: lines.lineNumber + 1, message: message), affectsRest: true)
    }

    private mutating func take(_ line: [UInt8], _ number: Int, of part: SegmentImport.Part) {
        summary.rows += 1
        switch PinpointEndpoint.row(line) {
        case .recipient(let recipient):
            if seen.insert(recipient.address.normalized).inserted {
                pending.append(recipient)
            } else {
                summary.drop(.duplicate)
            }
        case .dropped(let reason, let detail):
            summary.drop(reason)
            if reason == .unreadable || reason == .badAddress {
                summary.add(.init(part: part.key, line: number, message: detail))
            }
        }
    }

    private mutating func sendFullChunks() async throws {
        while pending.count >= SendJob.chunkSize {
            try await sendChunk(Array(pending.prefix(SendJob.chunkSize)))
            pending.removeFirst(SendJob.chunkSize)
        }
    }

    /// Sends what is left when the whole list has been read.
    mutating func flush() async throws {
        if !pending.isEmpty { try await sendChunk(pending) }
        pending = []
        try await enqueue()
    }

    private mutating func sendChunk(_ candidates: [Recipient]) async throws {
        let persons = try await ports.readPersons(candidates.map(\.address))
        let recipients = candidates.filter { persons[$0.address]?.refuses(campaign.organizer) != true }
        for _ in recipients.count..<candidates.count { summary.drop(.suppressed) }
        summary.accepted += recipients.count
        guard !recipients.isEmpty else { return }
        try await ports.writeChunk(campaign.id, chunks, recipients)
        jobs.append(SendJob(event: campaign.event, campaign: campaign.id, chunk: chunks))
        chunks += 1
        if jobs.count == 10 { try await enqueue() }
    }

    private mutating func enqueue() async throws {
        guard !jobs.isEmpty else { return }
        try await ports.enqueue(jobs)
        jobs = []
    }

    func outcome(parts: Int) -> Campaign {
        var campaign = campaign
        campaign.summary = summary
        campaign.chunks = chunks
        campaign.status = summary.accepted > 0 ? .sending : .failed
        if parts == 0 {
            campaign.failure = "No object lies under \(campaign.source.url). Check the bucket and the prefix."
        } else if summary.accepted == 0 {
            campaign.failure = "No row of the list can be invited: \(summary.rows) rows were read, \(reasons)."
        }
        return campaign
    }

    private var reasons: String {
        let counts = DropReason.allCases.compactMap { reason in
            summary.dropped[reason].map { "\($0) \(reason.rawValue)" }
        }
        return counts.isEmpty ? "all empty" : counts.joined(separator: ", ")
    }
}
