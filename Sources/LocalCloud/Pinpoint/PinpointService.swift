import JSON
import SigV4

/// Stands in for the few calls of Amazon Pinpoint by which a segment gets into S3.
///
/// | request | |
/// |---|---|
/// | `GET /v1/apps/{application}/segments/{segment}` | GetSegment |
/// | `POST /v1/apps/{application}/jobs/export` | CreateExportJob |
/// | `GET /v1/apps/{application}/jobs/export/{job}` | GetExportJob; a job takes until it was asked for a few times |
///
/// The service itself ended on 2026-10-30, and so does this one unless it was given a segment.
package final class PinpointService: Sendable {
    private let segments: PinpointSegments
    private let listener: HTTPListener

    package var url: String { listener.url }

    /// - Parameter store: puts an object into a bucket.
    init(port: Int, store: @escaping PinpointSegments.Store) async throws {
        let segments = PinpointSegments(store: store)
        self.segments = segments
        listener = try await HTTPListener(port: port) { request in await Self.answer(request, segments) }
    }

    package func stop() async { await listener.stop() }

    /// Makes a segment known.
    ///
    /// - Parameters:
    ///   - parts: what an export of it consists of: JSON lines.
    ///   - failure: why its export fails; nil when it succeeds.
    package func setSegment(
        _ id: String, of application: String, parts: [[UInt8]], failure: String? = nil
    ) async {
        await segments.set(id, of: application, parts: parts, failure: failure)
    }

    private static func answer(_ request: ServedRequest, _ segments: PinpointSegments) async -> ServedResponse {
        do {
            try checkSignature(of: request)
            let path = request.path.split(separator: "/").map(String.init)
            guard path.count >= 5, path[0] == "v1", path[1] == "apps" else { throw SESError.noSuchCall(request) }
            let application = path[2]
            switch (request.method, path[3], path.count) {
            case ("GET", "segments", 5):
                return .json(try await segments.segment(path[4], of: application))
            case ("POST", "jobs", 5) where path[4] == "export":
                let job = try await segments.startExport(of: application, try JSON(parsing: request.body))
                return .json(job, status: 202)
            case ("GET", "jobs", 6) where path[4] == "export":
                return .json(try await segments.export(path[5], of: application))
            default: throw SESError.noSuchCall(request)
            }
        } catch let error as SESError {
            return error.response
        } catch {
            return SESError(400, "BadRequestException", "\(error)").response
        }
    }

    private static func checkSignature(of request: ServedRequest) throws(SESError) {
        guard request.header("Authorization")?.contains("/mobiletargeting/aws4_request") == true else {
            throw SESError(403, "ForbiddenException", "The request is not signed for mobiletargeting.")
        }
    }
}

extension SESError {
    fileprivate static func noSuchCall(_ request: ServedRequest) -> SESError {
        SESError(404, "NotFoundException", "\(request.method) \(request.path)")
    }
}
