import HTTPTransport
import JSON
import SigV4

/// Buckets and objects, as far as the local stack handles them itself.
package struct ObjectStore: Sendable {
    let aws: LocalAWS

    package init(aws: LocalAWS) { self.aws = aws }

    /// Does nothing when the bucket is there.
    func createBucket(_ bucket: String) async throws {
        let response = try await aws.send("s3", method: "PUT", path: "/\(bucket)")
        try check(response, "CreateBucket", accepted: 409)
    }

    package func get(bucket: String, key: String) async throws -> [UInt8] {
        let response = try await aws.send("s3", method: "GET", path: path(bucket, key))
        try check(response, "GetObject")
        return response.body
    }

    func put(_ body: [UInt8], bucket: String, key: String) async throws {
        try check(try await aws.send("s3", method: "PUT", path: path(bucket, key), body: body), "PutObject")
    }

    private func path(_ bucket: String, _ key: String) -> String {
        "/\(bucket)/\(PercentEncoding.encode(key, keepingSlashes: true))"
    }

    private func check(_ response: HTTPResponse, _ operation: String, accepted: Int? = nil) throws(LocalAWSError) {
        guard response.status >= 300, response.status != accepted else { return }
        let error = XMLTree(response.body)?.first("Error")
        throw LocalAWSError(
            service: "s3", operation: operation, status: response.status, code: error?.text(of: "Code") ?? "",
            message: error?.text(of: "Message") ?? "")
    }
}
