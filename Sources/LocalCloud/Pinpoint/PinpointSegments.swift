import Foundation
import JSON

/// Segments, and jobs that write them into S3.
actor PinpointSegments {
    typealias Store = @Sendable (_ bytes: [UInt8], _ bucket: String, _ key: String) async throws -> Void

    private struct Segment {
        var parts: [[UInt8]]
        var failure: String?
    }

    private struct Job {
        var id: String
        var application: String
        var definition: JSON
        var status = "CREATED"
        var timesAsked = 0
        var failure: String?
    }

    private let store: Store
    private var segments: [String: Segment] = [:]
    private var jobs: [String: Job] = [:]

    init(store: @escaping Store) { self.store = store }

    func set(_ id: String, of application: String, parts: [[UInt8]], failure: String?) {
        segments["\(application)/\(id)"] = Segment(parts: parts, failure: failure)
    }

    func segment(_ id: String, of application: String) throws(SESError) -> JSON {
        _ = try known(id, of: application)
        return [
            "ApplicationId": .string(application), "Id": .string(id), "Name": .string("Segment \(id)"),
            "Arn": .string("arn:aws:mobiletargeting:us-east-1:000000000000:apps/\(application)/segments/\(id)"),
            "CreationDate": "2026-01-01T00:00:00.000Z", "SegmentType": "DIMENSIONAL", "Version": 1,
        ]
    }

    func startExport(of application: String, _ definition: JSON) throws(SESError) -> JSON {
        guard let role = definition["RoleArn"]?.string, role.hasPrefix("arn:"),
            let prefix = definition["S3UrlPrefix"]?.string, prefix.hasPrefix("s3://"), prefix.hasSuffix("/")
        else { throw SESError(400, "BadRequestException", "RoleArn and S3UrlPrefix are needed.") }
        let segment = try known(definition["SegmentId"]?.string ?? "", of: application)
        let job = Job(
            id: UUID().uuidString.lowercased().filter { $0 != "-" }, application: application, definition: definition,
            failure: segment.failure)
        jobs[job.id] = job
        return json(job)
    }

    /// The third time a job is asked for it is done.
    func export(_ id: String, of application: String) async throws -> JSON {
        guard var job = jobs[id], job.application == application else {
            throw SESError(404, "NotFoundException", "There is no such job.")
        }
        job.timesAsked += 1
        if job.timesAsked < 3 {
            job.status = job.timesAsked == 1 ? "INITIALIZING" : "PROCESSING"
        } else if job.failure != nil {
            job.status = "FAILED"
        } else if job.status != "COMPLETED" {
            try await write(job)
            job.status = "COMPLETED"
        }
        jobs[id] = job
        return json(job)
    }

    private func write(_ job: Job) async throws {
        let parts = segments["\(job.application)/\(job.definition["SegmentId"]?.string ?? "")"]?.parts ?? []
        let location = (job.definition["S3UrlPrefix"]?.string ?? "").dropFirst("s3://".count)
        let (bucket, folder) = (location.prefix { $0 != "/" }, location.drop { $0 != "/" }.dropFirst())
        for (number, part) in parts.enumerated() {
            try await store(GzipFile.storing(part), String(bucket), "\(folder)\(job.id)-\(number).gz")
        }
    }

    private func known(_ id: String, of application: String) throws(SESError) -> Segment {
        guard !segments.isEmpty else {
            throw SESError(403, "ForbiddenException", "Amazon Pinpoint is no longer available.")
        }
        guard let segment = segments["\(application)/\(id)"] else {
            throw SESError(404, "NotFoundException", "Resource not found")
        }
        return segment
    }

    private func json(_ job: Job) -> JSON {
        [
            "ApplicationId": .string(job.application), "Id": .string(job.id), "Type": "EXPORT",
            "JobStatus": .string(job.status), "CreationDate": "2026-01-01T00:00:00.000Z",
            "Definition": job.definition,
            "Failures": .array(job.status == "FAILED" ? [.string(job.failure ?? "")] : []),
        ]
    }
}
