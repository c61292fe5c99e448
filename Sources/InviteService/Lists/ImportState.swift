import Audience
import JSON

/// How far an import is: all that another process needs to go on.
struct ImportState: Sendable, Equatable {
    /// The list as it was when the import began; what is added later is not part of it.
    var parts: [SegmentImport.Part]
    /// See `CandidateRun`.
    var partitions: Int
    /// Names of the runs that were stored, in the order of the list.
    var runs: [String] = []
    /// The part being read; all were read when it is their count.
    var part = 0
    /// Where to go on in that part.
    var position: ListReader.Position?
    var isCompressed = false
    /// The partition being cut into chunks, and how many of its distinct candidates are in chunks.
    var partition = 0
    var taken = 0
    var chunks = 0
    /// People who counted against the event's limit when the import began; for a trial, with those it would add.
    var reserved = 0
    /// Nobody else may be invited to the event.
    var isFull = false
    var summary = ImportSummary()

    /// Whether all parts were read: chunks are being cut.
    var isRead: Bool { part >= parts.count }

    init(parts: [SegmentImport.Part]) {
        self.parts = parts
        partitions = CandidateRun.partitions(forBytes: parts.reduce(0) { $0 + $1.size })
    }

    var json: JSON {
        var object: JSONObject = [
            "parts": .array(parts.map { [.string($0.key), .int($0.size), .string($0.etag)] }),
            "partitions": .int(partitions), "runs": .array(runs.map { .string($0) }), "part": .int(part),
            "compressed": .bool(isCompressed), "partition": .int(partition), "taken": .int(taken),
            "chunks": .int(chunks), "reserved": .int(reserved), "full": .bool(isFull), "summary": summary.json,
        ]
        if let position {
            object["position"] = [
                "layout": position.layout.json, "offset": .int(position.offset), "line": .int(position.line),
            ]
        }
        return .object(object)
    }

    /// Nil for anything this type did not write.
    init?(json: JSON) {
        guard let parts = json["parts"]?.array, let partitions = json["partitions"]?.int, partitions > 0,
            let part = json["part"]?.int, let summary = json["summary"]
        else { return nil }
        self.parts = parts.map {
            SegmentImport.Part(key: $0[0]?.string ?? "", size: $0[1]?.int ?? 0, etag: $0[2]?.string ?? "")
        }
        self.partitions = partitions
        runs = (json["runs"]?.array ?? []).compactMap(\.string)
        self.part = part
        isCompressed = json["compressed"]?.bool ?? false
        partition = json["partition"]?.int ?? 0
        taken = json["taken"]?.int ?? 0
        chunks = json["chunks"]?.int ?? 0
        reserved = json["reserved"]?.int ?? 0
        isFull = json["full"]?.bool ?? false
        self.summary = ImportSummary(json: summary)
        if let stored = json["position"] {
            guard let layout = stored["layout"].flatMap(ListLayout.init(json:)), let offset = stored["offset"]?.int,
                let line = stored["line"]?.int
            else { return nil }
            position = ListReader.Position(layout: layout, offset: offset, line: line)
        }
    }
}
