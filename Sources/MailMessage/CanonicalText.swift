/// Text in the canonical form of RFC 2046 section 4.1.1.
enum CanonicalText {
    /// UTF-8 in which every line end is CRLF, without the controls that some relays reject.
    static func lines(_ text: String) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(text.utf8.count + text.utf8.count / 32 + 2)
        var previous: UInt8 = 0
        for byte in text.utf8 {
            if byte == 0x0D || (byte == 0x0A && previous != 0x0D) {
                output.append(0x0D)
                output.append(0x0A)
            } else if byte != 0x0A, !byte.isControl || byte == 0x09 {
                output.append(byte)
            }
            previous = byte
        }
        return output
    }

    /// Whether it can go as `7bit` and come through every relay and mailbox file unchanged.
    static func fits7Bit(_ text: [UInt8]) -> Bool {
        var column = 0
        var previous: UInt8 = 0
        for (index, byte) in text.enumerated() {
            if byte >= 0x80 { return false }
            if byte == 0x0D {
                if previous.isBlank { return false }
                column = -2
            }
            if column == 0, byte == UInt8(ascii: ".") || text[index...].starts(with: "From ".utf8) { return false }
            // Every boundary starts so, and no encoded text holds it.
            if byte == UInt8(ascii: "_"), previous == UInt8(ascii: "=") { return false }
            column += 1
            if column > 78 { return false }
            previous = byte
        }
        return true
    }
}
