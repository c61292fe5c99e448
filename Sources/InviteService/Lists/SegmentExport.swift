/// Has Amazon Pinpoint write a segment into the bucket: starts a job once, and then asks for it from time to time, for
/// which no function is kept waiting.
package struct SegmentExport: Sendable {
    package struct Ports: Sendable {
        /// Throws `Refusal` when there is no such segment.
        package var checkSegment: @Sendable (PinpointSegment) async throws -> Void
        /// Starts a job that writes to a place; returns its name.
        package var start: @Sendable (PinpointSegment, ListSource) async throws -> String
        package var state: @Sendable (PinpointSegment, _ job: String) async throws -> State
        /// Notes a campaign's job, unless it has one; returns the one it has then.
        package var record: @Sendable (_ campaign: String, SegmentExportJob) async throws -> SegmentExportJob
        /// Epoch seconds.
        package var now: @Sendable () -> Int64

        package init(
            checkSegment: @escaping @Sendable (PinpointSegment) async throws -> Void,
            start: @escaping @Sendable (PinpointSegment, ListSource) async throws -> String,
            state: @escaping @Sendable (PinpointSegment, _ job: String) async throws -> State,
            record: @escaping @Sendable (_ campaign: String, SegmentExportJob) async throws -> SegmentExportJob,
            now: @escaping @Sendable () -> Int64
        ) {
            self.checkSegment = checkSegment
            self.start = start
            self.state = state
            self.record = record
            self.now = now
        }
    }

    package enum State: Sendable, Equatable {
        case running
        case completed
        case failed(reasons: [String])
    }

    /// Pinpoint does not do it, and will not if it is asked again.
    package struct Refusal: Error, Sendable, Equatable {
        /// Such as `NotFoundException`.
        package var code: String

        package init(code: String) { self.code = code }
    }

    enum Outcome: Equatable {
        /// Where the list lies.
        case ready(ListSource)
        /// To be asked again after some time.
        case waiting(Duration)
        case failed(String)
    }

    /// Seconds after which a job is given up.
    private static let patience: Int64 = 12 * 3600

    private let ports: Ports

    package init(ports: Ports) { self.ports = ports }

    func advance(_ campaign: Campaign, segment: PinpointSegment) async throws -> Outcome {
        do {
            guard let job = campaign.export else {
                try await begin(campaign, segment)
                return .waiting(.seconds(5))
            }
            switch try await ports.state(segment, job.id) {
            case .completed: return .ready(campaign.source.folder(job.folder))
            case .failed(let reasons):
                let first = reasons.prefix(3).map { ": \($0)" }.joined()
                return .failed("Amazon Pinpoint could not export the segment\(first). \(Self.alternatives)")
            case .running:
                let age = ports.now() - campaign.created
                guard age < Self.patience else {
                    return .failed(
                        "Amazon Pinpoint has not finished the export of the segment in 12 hours. \(Self.alternatives)")
                }
                return .waiting(.seconds(min(max(age / 4, 5), 60)))
            }
        } catch let refusal as Refusal {
            return .failed("Amazon Pinpoint refused the segment \(segment.id) (\(refusal.code)). \(Self.alternatives)")
        }
    }

    /// Of two processes that begin at once one is heard of again; the other's files lie in a folder that nobody reads.
    private func begin(_ campaign: Campaign, _ segment: PinpointSegment) async throws {
        try await ports.checkSegment(segment)
        let folder = String(Campaign.newID().prefix(12))
        let id = try await ports.start(segment, campaign.source.folder(folder))
        _ = try await ports.record(campaign.id, SegmentExportJob(id: id, folder: folder))
    }

    static let notSetUp = "This server may not export segments of Amazon Pinpoint. \(alternatives)"

    static let givenUp = "Amazon Pinpoint did not answer. \(alternatives)"

    private static let alternatives = """
        Its support ended on 2026-10-30. What works still: an export that was made before, a snapshot of the segment in \
        Customer Profiles, or a CSV file. Put it under lists/ in the server's bucket, or upload it, and start a campaign \
        with that as its "source".
        """
}

extension ListSource {
    fileprivate func folder(_ name: String) -> ListSource {
        ListSource(bucket: bucket, prefix: "\(prefix)\(name)/")
    }
}
