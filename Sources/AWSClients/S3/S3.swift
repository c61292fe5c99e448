import HTTPTransport
import SigV4

/// Amazon S3: objects whole, in pieces, and listed.
package struct S3: Sendable {
    let client: AWSClient

    /// A request to a bucket, or to an object in it. The bucket goes into the host name, and into the path where the
    /// endpoint was given or where its dots would not fit the service's certificate.
    func request(
        _ operation: String, method: String, bucket: String, key: String = "", query: String = "",
        headers: [HTTPHeader] = [], body: [UInt8] = []
    ) -> AWSRequest {
        let encodedKey = PercentEncoding.encode(key, keepingSlashes: true)
        let isInPath = client.endpoint.isCustom || bucket.contains(".")
        return AWSRequest(
            operation: operation, method: method, hostPrefix: isInPath ? "" : "\(bucket).",
            path: isInPath ? "/\(PercentEncoding.encode(bucket))/\(encodedKey)" : "/\(encodedKey)", query: query,
            headers: headers, body: body, attemptTimeout: .seconds(60))
    }
}
