import HTTPTransport

extension S3 {
    package struct Object: Sendable {
        package var body: [UInt8]
        package var contentType: String?
        /// With its quotes.
        package var etag: String?
    }

    /// Reads a whole object (`GetObject`).
    ///
    /// - Parameter maximumSize: in bytes. An object beyond it is an error of kind `client` and code `EntityTooLarge`,
    ///   found out without reading more than one byte too many.
    package func getObject(bucket: String, key: String, maximumSize: Int) async throws(AWSError) -> Object {
        let range = HTTPHeader("Range", "bytes=0-\(maximumSize)")
        let response: HTTPResponse
        do throws(AWSError) {
            response = try await client.send(
                request("GetObject", method: "GET", bucket: bucket, key: key, headers: [range]))
        } catch {
            // No range of an empty object can be satisfied.
            if error.status == 416 { return Object(body: []) }
            throw error
        }
        guard response.body.count <= maximumSize else {
            throw client.error(
                "GetObject", code: "EntityTooLarge", message: "more than \(maximumSize) bytes", kind: .client)
        }
        return Object(
            body: response.body, contentType: response.header("Content-Type"), etag: response.header("ETag"))
    }
}
