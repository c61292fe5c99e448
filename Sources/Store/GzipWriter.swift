import CZlib

/// Writes gzip (RFC 1952) in one piece.
enum GzipWriter {
    struct Failure: Error {
        let status: Int32
    }

    static func member(_ bytes: [UInt8]) throws(Failure) -> [UInt8] {
        var stream = z_stream()
        // 15 bits of window, and 16 more ask for gzip's own header.
        let prepared = deflateInit2_(
            &stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        guard prepared == Z_OK else { throw Failure(status: prepared) }
        defer { deflateEnd(&stream) }
        var input = bytes
        var status = Z_OK
        let capacity = Int(deflateBound(&stream, UInt(bytes.count))) + 32
        let output = [UInt8](unsafeUninitializedCapacity: capacity) { target, count in
            input.withUnsafeMutableBufferPointer { source in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(capacity)
                status = deflate(&stream, Z_FINISH)
                count = capacity - Int(stream.avail_out)
            }
        }
        guard status == Z_STREAM_END else { throw Failure(status: status) }
        return output
    }
}
