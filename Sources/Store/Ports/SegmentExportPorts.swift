import AWSClients
import InviteService

extension SegmentExport.Ports {
    /// - Parameter role: ARN of the role that Pinpoint writes with.
    package static func live(_ environment: Environment, role: String) throws -> SegmentExport.Ports {
        let table = try environment.mainTable()
        let pinpoint = environment.clients.pinpoint
        return SegmentExport.Ports(
            checkSegment: { segment in
                try await refusing {
                    _ = try await pinpoint.getSegment(application: segment.application, segment: segment.id)
                }
            },
            start: { segment, destination in
                try await refusing {
                    try await pinpoint.createExportJob(
                        application: segment.application, segment: segment.id, version: segment.version,
                        destination: destination.url, role: role
                    ).id
                }
            },
            state: { segment, job in
                let job = try await refusing {
                    try await pinpoint.getExportJob(application: segment.application, job: job)
                }
                return switch job.status {
                case .completed: .completed
                case .failing, .failed: .failed(reasons: job.failures)
                default: .running
                }
            },
            record: { try await table.recordExport($0, $1) }, now: Environment.now)
    }

    /// A service that has ended may refuse, or be gone: its name then leads nowhere, or nothing listens there.
    private static func refusing<Value>(_ call: () async throws -> Value) async throws -> Value {
        do {
            return try await call()
        } catch let error as AWSError {
            switch error.kind {
            case .client: throw SegmentExport.Refusal(code: error.code)
            case .transient where error.status == nil: throw SegmentExport.Refusal(code: error.code)
            default: throw error
            }
        }
    }
}
