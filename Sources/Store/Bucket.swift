import AWSClients
import Audience
import InviteService

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

    package func writeChunk(_ campaign: String, _ number: Int, _ recipients: [Recipient]) async throws {
        try await s3.putObject(
            bucket: name, key: chunkKey(campaign, number), body: RecipientChunk.encode(recipients),
            contentType: "application/json")
    }

    package func readChunk(_ campaign: String, _ number: Int) async throws -> [Recipient] {
        try RecipientChunk.decode(try await readExisting(chunkKey(campaign, number)))
    }

    package func listParts(_ source: ListSource) async throws -> [SegmentImport.Part] {
        var parts: [SegmentImport.Part] = []
        var token: String?
        repeat {
            let page = try await s3.listObjects(bucket: source.bucket, prefix: source.prefix, continuationToken: token)
            parts += page.objects.map { SegmentImport.Part(key: $0.key, size: $0.size) }
            token = page.continuationToken
        } while token != nil
        return parts
    }

    package func openPart(_ bucket: String, _ part: SegmentImport.Part) -> SegmentImport.PartReader {
        let pieces = PartPieces(s3.reader(bucket: bucket, key: part.key, pieceSize: 256 << 10))
        return SegmentImport.PartReader { try await pieces.next() }
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
