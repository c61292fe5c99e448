import Audience
import MailMessage
import SigV4

/// One list sent one event.
package struct Campaign: Sendable, Equatable {
    package enum Status: String, Sendable {
        /// The list is being read; nothing is known about its size yet.
        case importing
        /// All recipients are in the send queue.
        case sending
        /// The list could not be used; `failure` says why.
        case failed
        /// A trial run is over: the list was read and nothing was sent.
        case checked
        /// Stopped for good: nobody who had not been sent the event is.
        case cancelled
    }

    package var id: String
    package var event: EventUID
    package var organizer: EmailAddress
    package var domain: String
    package var origin: Origin
    package var source: ListSource
    /// What is exported to the source first; nil for a list that lies there.
    package var segment: PinpointSegment?
    package var export: SegmentExportJob?
    package var status: Status
    package var created: Int64
    package var summary: ImportSummary
    /// Messages of up to `SendJob.chunkSize` recipients the list was cut into.
    package var chunks: Int
    package var failure: String?
    /// Why nothing more is sent until somebody resumes it; nil while it goes on.
    package var pause: String?
    /// How often it was paused.
    package var pauses = 0
    /// What had become of its mails when the guard last paused it. Whoever resumed it knew of that: only what came since
    /// pauses it again.
    package var judged = DeliveryTally()
    package var options: ListOptions
    /// Reads and counts the list, and sends nothing.
    package var isDryRun: Bool
    /// Where the consent of the people on the list comes from, in its owner's words.
    package var consent: String?
    /// The stored state the import goes on from; nil before the first.
    package var checkpoint: String?

    package init(
        id: String, event: EventUID, organizer: EmailAddress, domain: String, origin: Origin, source: ListSource,
        status: Status, created: Int64, summary: ImportSummary = ImportSummary(), chunks: Int = 0,
        failure: String? = nil, options: ListOptions = ListOptions(), isDryRun: Bool = false,
        consent: String? = nil, checkpoint: String? = nil, segment: PinpointSegment? = nil
    ) {
        self.id = id
        self.event = event
        self.organizer = organizer
        self.domain = domain
        self.origin = origin
        self.source = source
        self.status = status
        self.created = created
        self.summary = summary
        self.chunks = chunks
        self.failure = failure
        self.options = options
        self.isDryRun = isDryRun
        self.consent = consent
        self.checkpoint = checkpoint
        self.segment = segment
    }

    /// Days the bucket's lifecycle in the template keeps chunks of recipients.
    package static let chunkDays: Int64 = 90

    /// Whether what is not sent yet still can be, epoch seconds given; false a day early rather than late.
    func keepsChunks(at now: Int64) -> Bool { now < created + (Self.chunkDays - 1) * 86_400 }

    /// The same for the same words: a campaign that is asked for twice is made once.
    package static func id(derivedFrom words: [String]) -> String {
        // Each word's length in front keeps ("a", "bc") apart from ("ab", "c").
        String(SHA256.hex(Array(words.map { "\($0.utf8.count):\($0)" }.joined().utf8)).prefix(32))
    }

    /// 32 random hexadecimal digits.
    package static func newID() -> String {
        var generator = SystemRandomNumberGenerator()
        let digits = Array("0123456789abcdef")
        return String((0..<32).map { _ in digits[Int.random(in: 0..<16, using: &generator)] })
    }
}

/// Where a list lies in S3: all objects whose keys begin with the prefix.
package struct ListSource: Sendable, Equatable {
    package var bucket: String
    package var prefix: String

    package init(bucket: String, prefix: String) {
        self.bucket = bucket
        self.prefix = prefix
    }

    /// Reads `s3://bucket/prefix`; nil for anything else.
    package init?(url: String) {
        guard url.hasPrefix("s3://") else { return nil }
        let rest = url.dropFirst(5)
        guard let slash = rest.firstIndex(of: "/"), slash != rest.startIndex else { return nil }
        self.init(bucket: String(rest[..<slash]), prefix: String(rest[rest.index(after: slash)...]))
        if prefix.isEmpty { return nil }
    }

    package var url: String { "s3://\(bucket)/\(prefix)" }
}
