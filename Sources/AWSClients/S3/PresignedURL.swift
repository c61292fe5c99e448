import SigV4

extension S3 {
    /// A URL that takes one kind of request to an object without further credentials (`PutObject`).
    ///
    /// It ends with the credentials it was made with, if those end sooner.
    ///
    /// - Parameter seconds: at most 604,800.
    package func presignedPutURL(bucket: String, key: String, seconds: Int) -> String {
        client.presignedURL(request("PutObject", method: "PUT", bucket: bucket, key: key), seconds: seconds)
    }
}
