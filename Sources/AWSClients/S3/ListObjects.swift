import HTTPTransport
import SigV4

extension S3 {
    package struct ListedObject: Sendable, Hashable {
        package var key: String
        /// In bytes.
        package var size: Int
        /// With its quotes.
        package var etag: String
        /// ISO 8601, as S3 writes it.
        package var lastModified: String

        package init(key: String, size: Int, etag: String, lastModified: String) {
            self.key = key
            self.size = size
            self.etag = etag
            self.lastModified = lastModified
        }
    }

    package struct ListPage: Sendable, Hashable {
        package var objects: [ListedObject]
        /// For the next page; nil after the last.
        package var continuationToken: String?

        package init(objects: [ListedObject], continuationToken: String?) {
            self.objects = objects
            self.continuationToken = continuationToken
        }
    }

    /// One page of a bucket's objects in the order of their keys' bytes (`ListObjectsV2`).
    ///
    /// - Parameters:
    ///   - startAfter: begins behind this key.
    ///   - maximumKeys: of one page, at most 1,000.
    package func listObjects(
        bucket: String, prefix: String = "", startAfter: String? = nil, continuationToken: String? = nil,
        maximumKeys: Int = 1000
    ) async throws(AWSError) -> ListPage {
        var query = "list-type=2&max-keys=\(maximumKeys)"
        if !prefix.isEmpty { query += "&prefix=\(PercentEncoding.encode(prefix))" }
        if let startAfter { query += "&start-after=\(PercentEncoding.encode(startAfter))" }
        if let continuationToken { query += "&continuation-token=\(PercentEncoding.encode(continuationToken))" }
        let response = try await client.send(
            request("ListObjectsV2", method: "GET", bucket: bucket, query: query))
        let root: XMLElement
        do throws(XMLError) {
            root = try XMLElement(parsing: response.body)
        } catch {
            throw client.malformed("ListObjectsV2", "not XML at byte \(error.offset)")
        }
        guard root.name == "ListBucketResult" else {
            throw client.malformed("ListObjectsV2", "\(root.name) in place of ListBucketResult")
        }
        return ListPage(
            objects: root.all("Contents").map { element in
                ListedObject(
                    key: element["Key"]?.text ?? "", size: element["Size"].flatMap { Int($0.text) } ?? 0,
                    etag: element["ETag"]?.text ?? "", lastModified: element["LastModified"]?.text ?? "")
            },
            continuationToken: root["IsTruncated"]?.text == "true" ? root["NextContinuationToken"]?.text : nil)
    }
}
