import CZlib

/// A ZIP archive of one executable file, stored without compression (APPNOTE 4.3). The same content always gives the
/// same bytes.
enum ZipArchive {
    /// - Parameter name: of the file in the archive, ASCII.
    static func executable(_ content: [UInt8], name: String) -> [UInt8] {
        let checksum = UInt32(truncatingIfNeeded: crc32_z(0, content, content.count))
        let name = Array(name.utf8)
        // 1980-01-01, the earliest date there is.
        let entry: [UInt8] =
            two(20) + two(0) + two(0) + two(0) + two(0x21) + four(checksum) + four(UInt32(content.count))
            + four(UInt32(content.count)) + two(UInt16(name.count)) + two(0)
        let header = four(0x0403_4B50) + entry + name
        // Made on Unix, so that the upper half of the attributes is the file's mode.
        let mode: UInt32 = 0o100755
        let directory =
            four(0x0201_4B50) + two(3 << 8 | 20) + entry + two(0) + two(0) + two(0) + four(mode << 16) + four(0) + name
        let end =
            four(0x0605_4B50) + two(0) + two(0) + two(1) + two(1) + four(UInt32(directory.count))
            + four(UInt32(header.count + content.count)) + two(0)
        return header + content + directory + end
    }

    private static func two(_ number: UInt16) -> [UInt8] { withUnsafeBytes(of: number.littleEndian) { Array($0) } }
    private static func four(_ number: UInt32) -> [UInt8] { withUnsafeBytes(of: number.littleEndian) { Array($0) } }
}
