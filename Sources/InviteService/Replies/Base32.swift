/// Lowercase base 32 without padding (RFC 4648 section 6): survives mail systems that change case.
enum Base32 {
    private static let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)

    static func isDigit(_ byte: UInt8) -> Bool { alphabet.contains(byte) }

    static func encode(_ bytes: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        var bits: UInt32 = 0
        var count: UInt32 = 0
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            count += 8
            while count >= 5 {
                count -= 5
                output.append(alphabet[Int(bits >> count & 31)])
            }
        }
        if count > 0 { output.append(alphabet[Int(bits << (5 - count) & 31)]) }
        return output
    }

    /// nil when it is not what `encode` gives for some bytes; upper case is accepted.
    static func decode(_ text: some Sequence<UInt8>) -> [UInt8]? {
        var output: [UInt8] = []
        var bits: UInt32 = 0
        var count: UInt32 = 0
        for byte in text {
            let lower = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
            guard let value = alphabet.firstIndex(of: lower) else { return nil }
            bits = bits << 5 | UInt32(value)
            count += 5
            if count >= 8 {
                count -= 8
                output.append(UInt8(truncatingIfNeeded: bits >> count))
            }
        }
        // Left-over bits are zeros, and fewer than a digit: otherwise two texts would stand for the same bytes.
        return count < 5 && bits & (1 << count - 1) == 0 ? output : nil
    }
}
