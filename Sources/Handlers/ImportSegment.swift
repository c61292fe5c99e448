import InviteService
import JSON
import LambdaRuntime
import Store

/// Import queue: a campaign's list becomes chunks in the send queue.
package struct ImportSegment: Sendable {
    private let segmentImport: SegmentImport

    package init(segmentImport: SegmentImport) { self.segmentImport = segmentImport }

    package static func live(_ environment: Environment) throws -> ImportSegment {
        ImportSegment(segmentImport: SegmentImport(ports: try .live(environment)))
    }

    package func handle(_ event: JSON, _ context: LambdaContext) async throws -> JSON {
        try await QueueBatch.process(event) { message in
            try await segmentImport.run(try ImportJob(json: message))
        }
    }
}
