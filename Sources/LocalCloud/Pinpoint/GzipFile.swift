import CZlib

/// A gzip file (RFC 1952) whose content is stored, not compressed: what a reader must understand as well.
enum GzipFile {
    static func storing(_ bytes: [UInt8]) -> [UInt8] {
        var file: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]
        var rest = bytes[...]
        repeat {
            let block = rest.prefix(65_535)
            rest = rest.dropFirst(block.count)
            let size = UInt16(block.count)
            file.append(rest.isEmpty ? 1 : 0)
            for word in [size, ~size] { file += [UInt8(word & 0xFF), UInt8(word >> 8)] }
            file += block
        } while !rest.isEmpty
        let checksum = UInt32(truncatingIfNeeded: crc32(0, bytes, UInt32(bytes.count)))
        for number in [checksum, UInt32(truncatingIfNeeded: bytes.count)] {
            file += (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
        }
        return file
    }
}
