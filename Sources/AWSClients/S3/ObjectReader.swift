import HTTPTransport

extension S3 {
    /// Reads an object of any size in pieces, from its start or from where another reader stopped.
    ///
    /// Every piece is of the same object: when it is replaced meanwhile, `nextPiece` throws `conditionFailed`.
    package struct ObjectReader: Sendable {
        private let s3: S3
        private let bucket: String
        private let key: String
        private let pieceSize: Int
        /// Bytes from the object's start to what comes next; with `etag`, where a later reader can go on.
        package private(set) var offset: Int
        /// Known from the first piece on.
        package private(set) var etag: String?
        /// The object's bytes, known from the first piece on.
        package private(set) var size: Int?

        init(s3: S3, bucket: String, key: String, pieceSize: Int, offset: Int, etag: String?) {
            self.s3 = s3
            self.bucket = bucket
            self.key = key
            self.pieceSize = max(pieceSize, 1)
            self.offset = offset
            self.etag = etag
        }

        /// Up to `pieceSize` bytes more; nil at the end. After an error the same piece can be asked for again.
        package mutating func nextPiece() async throws(AWSError) -> [UInt8]? {
            if let size, offset >= size { return nil }
            var headers = [HTTPHeader("Range", "bytes=\(offset)-\(offset + pieceSize - 1)")]
            if let etag { headers.append(HTTPHeader("If-Match", etag)) }
            let response: HTTPResponse
            do throws(AWSError) {
                response = try await s3.client.send(
                    s3.request("GetObject", method: "GET", bucket: bucket, key: key, headers: headers))
            } catch {
                // No byte lies there: the object is empty, or was read to its end before.
                if error.status == 416 { return nil }
                throw error
            }
            return try accept(response)
        }

        private mutating func accept(_ response: HTTPResponse) throws(AWSError) -> [UInt8] {
            var piece = response.body
            if response.status == 206 {
                let total = response.header("Content-Range").flatMap { $0.split(separator: "/").last }.flatMap {
                    Int($0)
                }
                guard let total, !piece.isEmpty else {
                    throw s3.client.malformed("GetObject", "a partial answer without its range")
                }
                size = total
            } else {
                // A server may ignore the range and send everything (RFC 9110 section 14.2).
                size = piece.count
                piece.removeFirst(min(offset, piece.count))
            }
            etag = etag ?? response.header("ETag")
            offset += piece.count
            return piece
        }
    }

    /// - Parameters:
    ///   - pieceSize: bytes of one request.
    ///   - offset: where to begin, as an earlier reader reported it.
    ///   - etag: of that reader, so that both have read the same object.
    package func reader(
        bucket: String, key: String, pieceSize: Int = 1 << 20, offset: Int = 0, etag: String? = nil
    ) -> ObjectReader {
        ObjectReader(s3: self, bucket: bucket, key: key, pieceSize: pieceSize, offset: offset, etag: etag)
    }
}
