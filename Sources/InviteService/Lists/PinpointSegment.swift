import JSON

/// A segment of Amazon Pinpoint that a campaign goes to.
package struct PinpointSegment: Sendable, Equatable {
    package var application: String
    package var id: String
    /// nil is the latest.
    package var version: Int?

    package init(application: String, id: String, version: Int? = nil) {
        self.application = application
        self.id = id
        self.version = version
    }

    package var json: JSON {
        [
            "application": .string(application), "segment": .string(id),
            "version": version.map { .int($0) } ?? .null,
        ]
    }
}

/// A job by which Pinpoint writes a segment into the bucket.
package struct SegmentExportJob: Sendable, Equatable {
    /// Pinpoint's name for it.
    package var id: String
    /// Where it writes, below the campaign's source: another one for each job.
    package var folder: String

    package init(id: String, folder: String) {
        self.id = id
        self.folder = folder
    }
}
