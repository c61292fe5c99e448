import AWSClients
import Audience
import InviteService
import MailMessage

/// The objects of the data bucket and their names.
package struct Bucket: Sendable {
    private let s3: S3
    package let name: String
    /// Larger than SES lets a message in (40 MB).
    private static let mailSizeLimit = 48 << 20
    private static let bodySizeLimit = 16 << 20

    package init(s3: S3, name: String) {
        self.s3 = s3
        self.name = name
    }

    /// A message as SES stored it under the receipt rule's prefix; nil when it is not there.
    package func readMail(_ messageID: String, prefix: String) async throws -> [UInt8]? {
        try await read(prefix + messageID, limit: Self.mailSizeLimit)
    }

    package func writeCalendar(_ uid: EventUID, name object: String, _ calendar: [UInt8]) async throws {
        try await s3.putObject(
            bucket: name, key: calendarKey(uid, object), body: calendar, contentType: "text/calendar; charset=utf-8")
    }

    /// The calendar object of the event as it is.
    package func readCalendar(_ event: Event) async throws -> [UInt8] {
        try await readExisting(calendarKey(event.uid, event.calendar))
    }

    /// Stores a chunk unless there is one of that number; returns what is there.
    package func storeChunk(
        _ campaign: String, _ number: Int, _ recipients: [Recipient]
    ) async throws -> [Recipient] {
        do {
            try await s3.putObject(
                bucket: name, key: chunkKey(campaign, number), body: RecipientChunk.encode(recipients),
                contentType: "application/json", onlyIfAbsent: true)
            return recipients
        } catch let error {
            guard case .conditionFailed = error.kind else { throw error }
            return try await readChunk(campaign, number)
        }
    }

    package func readChunk(_ campaign: String, _ number: Int) async throws -> [Recipient] {
        try RecipientChunk.decode(try await readExisting(chunkKey(campaign, number)))
    }

    package func listParts(_ source: ListSource) async throws -> [SegmentImport.Part] {
        var parts: [SegmentImport.Part] = []
        var token: String?
        repeat {
            let page = try await s3.listObjects(bucket: source.bucket, prefix: source.prefix, continuationToken: token)
            parts += page.objects.map { SegmentImport.Part(key: $0.key, size: $0.size, etag: $0.etag) }
            token = page.continuationToken
        } while token != nil
        return parts
    }

    package func openPart(
        _ bucket: String, _ part: SegmentImport.Part, offset: Int
    ) -> SegmentImport.PartReader {
        let pieces = PartPieces(
            s3.reader(
                bucket: bucket, key: part.key, pieceSize: 1 << 20, offset: offset,
                etag: part.etag.isEmpty ? nil : part.etag))
        return SegmentImport.PartReader {
            do {
                return try await pieces.next()
            } catch let error as AWSError {
                // Replaced, or removed.
                if case .conditionFailed = error.kind { throw SegmentImport.PartChanged(key: part.key) }
                if error.status == 404 { throw SegmentImport.PartChanged(key: part.key) }
                throw error
            }
        }
    }

    package func readImportState(_ campaign: String, _ state: String) async throws -> [UInt8] {
        try await readExisting("campaigns/\(campaign)/import/\(state).json")
    }

    package func writeImportState(_ campaign: String, _ state: String, _ bytes: [UInt8]) async throws {
        try await s3.putObject(
            bucket: name, key: "campaigns/\(campaign)/import/\(state).json", body: bytes,
            contentType: "application/json")
    }

    package func readRun(_ campaign: String, _ run: String, _ range: Range<Int>) async throws -> [UInt8] {
        var reader = s3.reader(
            bucket: name, key: runKey(campaign, run), pieceSize: range.count, offset: range.lowerBound)
        return try await reader.nextPiece() ?? []
    }

    package func writeRun(_ campaign: String, _ run: String, _ bytes: [UInt8]) async throws {
        try await s3.putObject(bucket: name, key: runKey(campaign, run), body: bytes)
    }

    /// The owner's list; nil when there is none.
    package func readDisposableDomains() async throws -> [UInt8]? {
        do {
            return try await read("settings/disposable-domains.txt", limit: Self.bodySizeLimit)
        } catch let error as AWSError where error.status == 403 {
            // S3's answer for what is not there, to those who may not list it.
            return nil
        }
    }

    /// Stores a list of the organizer's; returns where.
    package func writeList(
        _ organizer: EmailAddress, name object: String, _ bytes: [UInt8]
    ) async throws -> ListSource {
        let key = "lists/\(organizer.normalized)/\(object)"
        try await s3.putObject(bucket: name, key: key, body: bytes)
        return ListSource(bucket: name, prefix: key)
    }

    /// Where a list of the organizer's can be uploaded for so many seconds.
    package func uploadTarget(
        _ organizer: EmailAddress, name object: String, seconds: Int
    ) -> CampaignStart.UploadTarget {
        let key = "lists/\(organizer.normalized)/\(object)"
        return CampaignStart.UploadTarget(
            url: s3.presignedPutURL(bucket: name, key: key, seconds: seconds),
            source: ListSource(bucket: name, prefix: key))
    }

    package func writeListReport(_ messageID: String, _ bytes: [UInt8]) async throws {
        try await s3.putObject(bucket: name, key: reportKey(messageID), body: bytes, contentType: "text/csv")
    }

    package func readListReport(_ messageID: String) async throws -> [UInt8] {
        try await readExisting(reportKey(messageID))
    }

    /// `changes/day=2026-11-22/<shard>-<sequence>.json.gz`: partitioned as Athena and DuckDB read it.
    package func writeLog(_ part: ChangeLogPart) async throws {
        let shard = String(part.shard.map { $0.isLetter || $0.isNumber || $0 == "-" ? $0 : "_" })
        try await s3.putObject(
            bucket: name, key: "changes/day=\(part.date)/\(shard)-\(part.first.padded).json.gz",
            body: try GzipWriter.member(part.lines), contentType: "application/gzip")
    }

    private func read(_ key: String, limit: Int) async throws -> [UInt8]? {
        do {
            return try await s3.getObject(bucket: name, key: key, maximumSize: limit).body
        } catch let error {
            if error.status == 404 { return nil }
            throw error
        }
    }

    private func readExisting(_ key: String) async throws -> [UInt8] {
        try await s3.getObject(bucket: name, key: key, maximumSize: Self.bodySizeLimit).body
    }

    private func calendarKey(_ uid: EventUID, _ object: String) -> String { "events/\(uid)/\(object).ics" }

    private func reportKey(_ messageID: String) -> String { "campaigns/by-mail/\(messageID).csv" }

    private func runKey(_ campaign: String, _ run: String) -> String { "campaigns/\(campaign)/import/\(run).run" }

    private func chunkKey(_ campaign: String, _ number: Int) -> String { "campaigns/\(campaign)/chunks/\(number).json" }
}

private actor PartPieces {
    private var reader: S3.ObjectReader

    init(_ reader: S3.ObjectReader) { self.reader = reader }

    func next() async throws -> [UInt8]? {
        var reader = self.reader
        let piece = try await reader.nextPiece()
        self.reader = reader
        return piece
    }
}
