import AWSClients
import HTTPTransport
import JSON
import Testing

@Suite("Pinpoint")
struct PinpointTests {
    /// As botocore's model of the service has it.
    private func job(_ status: String, failures: [JSON] = []) -> FakeAWS.Answer {
        .json(
            [
                "ApplicationId": "a1", "Id": "j1", "Type": "EXPORT", "JobStatus": .string(status),
                "CreationDate": "2026-01-01T00:00:00.000Z", "TotalProcessed": 217, "Failures": .array(failures),
                "Definition": ["RoleArn": "r", "S3UrlPrefix": "s3://b/f/"],
            ], status: 202)
    }

    @Test("a segment is read and exported, signed for mobiletargeting")
    func export() async throws {
        let fake = FakeAWS([
            .json(["Id": "s 1", "ApplicationId": "a1", "Name": "VIP", "Version": 3, "SegmentType": "DIMENSIONAL"]),
            job("CREATED"), job("PROCESSING"), job("COMPLETED"), job("FAILED", failures: ["no access"]), job("NEW"),
        ])
        let pinpoint = try fake.clients().pinpoint
        let segment = try await pinpoint.getSegment(application: "a1", segment: "s 1")
        #expect(segment.name == "VIP" && segment.version == 3)
        let made = try await pinpoint.createExportJob(
            application: "a1", segment: "s 1", version: 3, destination: "s3://b/f/", role: "arn:aws:iam::1:role/r")
        #expect(made.id == "j1" && made.status == .created)
        #expect(try await pinpoint.getExportJob(application: "a1", job: "j1").status == .processing)
        #expect(try await pinpoint.getExportJob(application: "a1", job: "j1").processed == 217)
        let failed = try await pinpoint.getExportJob(application: "a1", job: "j1")
        #expect(failed.status == .failed && failed.failures == ["no access"])
        #expect(try await pinpoint.getExportJob(application: "a1", job: "j1").status == nil, "not a documented status")
        let host = "https://pinpoint.eu-west-1.amazonaws.com/v1/apps/a1"
        #expect(
            fake.requests.prefix(3).map { "\($0.method) \($0.url)" } == [
                "GET \(host)/segments/s%201", "POST \(host)/jobs/export", "GET \(host)/jobs/export/j1",
            ])
        #expect(
            try JSON(parsing: fake.requests[1].body) == [
                "RoleArn": "arn:aws:iam::1:role/r", "S3UrlPrefix": "s3://b/f/", "SegmentId": "s 1", "SegmentVersion": 3,
            ])
        #expect(fake.requests[1].header("Authorization")?.contains("/eu-west-1/mobiletargeting/aws4_request") == true)
    }

    @Test("a refusal is final, and a job is not started twice when its answer was lost")
    func refusals() async throws {
        for status in [403, 404, 410] {
            let fake = FakeAWS([
                .json(
                    ["Message": "gone", "RequestID": "1"], status: status,
                    headers: [HTTPHeader("x-amzn-ErrorType", "NotFoundException")])
            ])
            let error = await #expect(throws: AWSError.self) {
                try await fake.clients().pinpoint.getSegment(application: "a", segment: "s")
            }
            #expect(error?.kind == .client && error?.code == "NotFoundException")
        }
        let lost = FakeAWS([.failure(.interrupted("reset"))])
        await #expect(throws: AWSError.self) {
            try await lost.clients().pinpoint.createExportJob(
                application: "a", segment: "s", version: nil, destination: "s3://b/f/", role: "r")
        }
        #expect(lost.requests.count == 1)
    }
}
