import HTTPTransport
import JSON

extension Pinpoint {
    /// Writes the endpoints of a segment into a bucket: gzip files of JSON lines.
    package struct ExportJob: Sendable, Hashable {
        package enum Status: String, Sendable {
            case created = "CREATED"
            case preparingForInitialization = "PREPARING_FOR_INITIALIZATION"
            case initializing = "INITIALIZING"
            case processing = "PROCESSING"
            case pendingJob = "PENDING_JOB"
            case completing = "COMPLETING"
            case completed = "COMPLETED"
            case failing = "FAILING"
            case failed = "FAILED"
        }

        package var id: String
        /// Nil for one that is not documented.
        package var status: Status?
        /// Endpoints that were written.
        package var processed: Int?
        /// At most 100.
        package var failures: [String]
    }

    /// `CreateExportJob`. Asked for twice it makes two jobs.
    ///
    /// - Parameters:
    ///   - version: of the segment; nil is the latest.
    ///   - destination: `s3://bucket/folder/`.
    ///   - role: ARN of the role that Pinpoint writes with.
    package func createExportJob(
        application: String, segment: String, version: Int?, destination: String, role: String
    ) async throws(AWSError) -> ExportJob {
        var input: JSONObject = [
            "RoleArn": .string(role), "S3UrlPrefix": .string(destination), "SegmentId": .string(segment),
        ]
        input["SegmentVersion"] = version.map { .int($0) }
        return try await exportJob(
            AWSRequest(
                operation: "CreateExportJob", path: path(application, "jobs", "export"),
                headers: [HTTPHeader("Content-Type", "application/json")], body: JSON.object(input).bytes,
                repetition: .whenRefused))
    }

    /// `GetExportJob`.
    package func getExportJob(application: String, job: String) async throws(AWSError) -> ExportJob {
        try await exportJob(
            AWSRequest(operation: "GetExportJob", method: "GET", path: path(application, "jobs", "export", job)))
    }

    private func exportJob(_ request: AWSRequest) async throws(AWSError) -> ExportJob {
        let output = try client.parse(try await client.send(request), operation: request.operation)
        guard let id = output["Id"]?.string, let status = output["JobStatus"]?.string else {
            throw client.malformed(request.operation, "no Id or JobStatus")
        }
        return ExportJob(
            id: id, status: ExportJob.Status(rawValue: status), processed: output["TotalProcessed"]?.int,
            failures: (output["Failures"]?.array ?? []).compactMap(\.string))
    }
}
