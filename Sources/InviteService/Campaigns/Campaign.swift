import Audience
import MailMessage

/// One list sent one event.
package struct Campaign: Sendable, Equatable {
    package enum Status: String, Sendable {
        /// The list is being read; nothing is known about its size yet.
        case importing
        /// All recipients are in the send queue.
        case sending
        /// The list could not be used; `failure` says why.
        case failed
    }

    package var id: String
    package var event: EventUID
    package var organizer: EmailAddress
    package var domain: String
    package var origin: Origin
    package var source: ListSource
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

    package init(
        id: String, event: EventUID, organizer: EmailAddress, domain: String, origin: Origin, source: ListSource,
        status: Status, created: Int64, summary: ImportSummary = ImportSummary(), chunks: Int = 0,
        failure: String? = nil
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
