import CZlib

/// Decompresses a gzip stream (RFC 1952) piece by piece; several members one after another are one stream. Bytes that do
/// not start with the gzip magic number pass through unchanged.
package struct GzipReader: ~Copyable {
    package enum Failure: Error, Sendable, Equatable {
        /// The input ended inside a member.
        case truncated
        case corrupt
    }

    private enum Form {
        case unknown
        case plain
        case gzip
    }

    // zlib keeps a pointer back to its stream, so the stream must stay where it is.
    private let stream: UnsafeMutablePointer<z_stream>
    private var form = Form.unknown
    private var isInsideMember = false
    private var head: [UInt8] = []

    /// Whether the input is gzip; known from its second byte on.
    package var isCompressed: Bool { form == .gzip }

    package init() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
    }

    deinit {
        if form == .gzip { inflateEnd(stream) }
        stream.deallocate()
    }

    /// Decompresses the next piece, handing on output of at most 64 KiB at a time.
    package mutating func read(_ piece: [UInt8], into output: ([UInt8]) throws -> Void) throws {
        var piece = piece
        if form == .unknown {
            head.append(contentsOf: piece)
            guard head.count >= 2 else { return }
            piece = head
            head = []
            form = piece[0] == 0x1F && piece[1] == 0x8B ? .gzip : .plain
            // 16 + 15: gzip wrapper, largest window.
            if form == .gzip, calinvite_inflate_init(stream, 31) != Z_OK { throw Failure.corrupt }
        }
        if form == .plain { return try output(piece) }
        try inflateAll(piece, into: output)
    }

    /// Call after the last piece: a stream cut off in the middle shows only here.
    package mutating func finish(into output: ([UInt8]) throws -> Void) throws {
        if form == .unknown, !head.isEmpty { try output(head) }
        if isInsideMember { throw Failure.truncated }
    }

    private mutating func inflateAll(_ piece: [UInt8], into output: ([UInt8]) throws -> Void) throws {
        var buffer = [UInt8](repeating: 0, count: 65536)
        var consumed = 0
        while consumed < piece.count {
            let (status, used, produced) = piece.withUnsafeBufferPointer { input in
                buffer.withUnsafeMutableBufferPointer { space in
                    stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress! + consumed)
                    stream.pointee.avail_in = UInt32(input.count - consumed)
                    stream.pointee.next_out = space.baseAddress
                    stream.pointee.avail_out = UInt32(space.count)
                    let status = inflate(stream, Z_NO_FLUSH)
                    let used = input.count - consumed - Int(stream.pointee.avail_in)
                    return (status, used, space.count - Int(stream.pointee.avail_out))
                }
            }
            consumed += used
            if produced > 0 { try output(Array(buffer[..<produced])) }
            switch status {
            case Z_STREAM_END:
                isInsideMember = false
                inflateReset(stream)
            case Z_OK: isInsideMember = true
            default: throw Failure.corrupt
            }
        }
    }
}
