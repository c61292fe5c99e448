/// The quoted-printable content-transfer-encoding (RFC 2045 section 6.7).
enum QuotedPrintable {
    static let softBreak: [UInt8] = [0x3D, 0x0D, 0x0A]

    /// The octets behind encoded text. A `=` that starts nothing stands for itself, and blanks at a line's end, which
    /// can only have come on the way, are dropped.
    /// - Returns: `isClean` is false when a `=` was not followed by two hexadecimal digits or a line end.
    static func decode(_ bytes: ArraySlice<UInt8>) -> (bytes: [UInt8], isClean: Bool) {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var isClean = true
        // Blanks at the end of `decoded` that were not encoded.
        var blanks = 0
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            if byte == UInt8(ascii: "=") {
                blanks = 0
                if index + 2 < bytes.endIndex, let high = bytes[index + 1].hexValue, let low = bytes[index + 2].hexValue
                {
                    decoded.append(high << 4 | low)
                    index += 3
                } else if let end = softBreak(bytes, after: index) {
                    index = end
                } else {
                    isClean = false
                    decoded.append(byte)
                    index += 1
                }
                continue
            }
            if byte.isLineEnd {
                decoded.removeLast(blanks)
                blanks = 0
            } else {
                blanks = byte.isBlank ? blanks + 1 : 0
            }
            decoded.append(byte)
            index += 1
        }
        decoded.removeLast(blanks)
        return (decoded, isClean)
    }

    /// The index behind a soft line break whose `=` is at `index`, allowing blanks before the line's end.
    private static func softBreak(_ bytes: ArraySlice<UInt8>, after index: Int) -> Int? {
        var end = index + 1
        while end < bytes.endIndex, bytes[end].isBlank { end += 1 }
        if end == bytes.endIndex { return end }
        if bytes[end] == 0x0A { return end + 1 }
        guard bytes[end] == 0x0D else { return nil }
        return end + 1 < bytes.endIndex && bytes[end + 1] == 0x0A ? end + 2 : end + 1
    }

    /// Encodes text whose lines end with CRLF into lines of at most 76 columns.
    ///
    /// - Parameter column: how much of the current line is taken; on return, that of the last line.
    static func append(_ bytes: [UInt8], to output: inout [UInt8], column: inout Int) {
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == 0x0D, index + 1 < bytes.count, bytes[index + 1] == 0x0A {
                output.append(0x0D)
                output.append(0x0A)
                column = 0
                index += 2
                continue
            }
            var isPlain = isPlain(bytes, index, isAtLineStart: column == 0)
            // One column stays free for the `=` of a soft break.
            if column + (isPlain ? 1 : 3) > 75 {
                output.append(contentsOf: softBreak)
                column = 0
                isPlain = Self.isPlain(bytes, index, isAtLineStart: true)
            }
            if isPlain {
                output.append(byte)
                column += 1
            } else {
                output.append(contentsOf: [0x3D, UInt8.hexDigit(byte >> 4), UInt8.hexDigit(byte)])
                column += 3
            }
            index += 1
        }
    }

    private static func isPlain(_ bytes: [UInt8], _ index: Int, isAtLineStart: Bool) -> Bool {
        switch bytes[index] {
        case UInt8(ascii: "="):
            return false
        case 0x20, 0x09:
            return index + 1 < bytes.count && bytes[index + 1] != 0x0D
        // Relays stuff a leading dot and mailbox files quote a leading "From ": they get neither.
        case UInt8(ascii: "."):
            return !isAtLineStart
        case UInt8(ascii: "F"):
            return !(isAtLineStart && bytes[index...].starts(with: "From ".utf8))
        default:
            return bytes[index] > 0x20 && bytes[index] < 0x7F
        }
    }
}
