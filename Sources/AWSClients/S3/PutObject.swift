import HTTPTransport

extension S3 {
    /// Stores an object (`PutObject`) and returns its ETag.
    ///
    /// - Parameter onlyIfAbsent: throws `conditionFailed` when there is an object of that key; after
    ///   `followsUnknownOutcome` that object may be this one.
    @discardableResult
    package func putObject(
        bucket: String, key: String, body: [UInt8], contentType: String? = nil, onlyIfAbsent: Bool = false
    ) async throws(AWSError) -> String? {
        var headers: [HTTPHeader] = []
        if let contentType { headers.append(HTTPHeader("Content-Type", contentType)) }
        if onlyIfAbsent { headers.append(HTTPHeader("If-None-Match", "*")) }
        let response = try await client.send(
            request("PutObject", method: "PUT", bucket: bucket, key: key, headers: headers, body: body))
        return response.header("ETag")
    }
}
