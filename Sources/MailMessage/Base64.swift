/// The base64 content-transfer-encoding (RFC 2045 section 6.8).
enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    // The value of each octet; 64 and above are not digits.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: junk, count: 256)
        for (value, digit) in alphabet.enumerated() { values[Int(digit)] = UInt8(value) }
        for byte in [9, 10, 13, 32] { values[byte] = space }
        values[Int(UInt8(ascii: "="))] = padding
        return values
    }()
    private static let space: UInt8 = 64
    private static let padding: UInt8 = 65
    private static let junk: UInt8 = 66

    /// Octets in the alphabet with padding, in lines of 76 columns that end with CRLF, or in one line without end.
    static func encode(_ bytes: [UInt8], inLines: Bool) -> [UInt8] {
        let size = encodedCount(bytes.count, inLines: inLines)
        return [UInt8](unsafeUninitializedCapacity: size) { output, count in
            alphabet.withUnsafeBufferPointer { alphabet in
                bytes.withUnsafeBufferPointer { bytes in
                    encode(bytes, alphabet: alphabet, inLines: inLines, into: output, count: &count)
                }
            }
        }
    }

    private static func encode(
        _ bytes: UnsafeBufferPointer<UInt8>, alphabet: UnsafeBufferPointer<UInt8>, inLines: Bool,
        into output: UnsafeMutableBufferPointer<UInt8>, count: inout Int
    ) {
        var position = 0
        var column = 0
        var index = 0
        while index < bytes.count {
            let remaining = bytes.count - index
            let first = bytes[index]
            let second = remaining > 1 ? bytes[index + 1] : 0
            let third = remaining > 2 ? bytes[index + 2] : 0
            output[position] = alphabet[Int(first >> 2)]
            output[position + 1] = alphabet[Int((first & 3) << 4 | second >> 4)]
            output[position + 2] = remaining > 1 ? alphabet[Int((second & 15) << 2 | third >> 6)] : UInt8(ascii: "=")
            output[position + 3] = remaining > 2 ? alphabet[Int(third & 63)] : UInt8(ascii: "=")
            position += 4
            column += 4
            index += 3
            if inLines, column == 76 || index >= bytes.count {
                output[position] = 0x0D
                output[position + 1] = 0x0A
                position += 2
                column = 0
            }
        }
        count = position
    }

    /// The octets behind encoded text, whatever else stands among it.
    ///
    /// Digits missing at the end and missing padding cost at most the last octet. A line that follows padding and holds
    /// anything but digits is text that a gateway appended: decoding ends there.
    /// - Returns: `isClean` is false when there was anything RFC 2045 does not allow.
    static func decode(_ bytes: ArraySlice<UInt8>) -> (bytes: [UInt8], isClean: Bool) {
        var isClean = true
        let decoded = [UInt8](unsafeUninitializedCapacity: bytes.count / 4 * 3 + 3) { output, count in
            values.withUnsafeBufferPointer { values in
                bytes.withUnsafeBufferPointer { bytes in
                    isClean = decode(bytes, values: values, into: output, count: &count)
                }
            }
        }
        return (decoded, isClean)
    }

    private static func decode(
        _ bytes: UnsafeBufferPointer<UInt8>, values: UnsafeBufferPointer<UInt8>,
        into output: UnsafeMutableBufferPointer<UInt8>, count: inout Int
    ) -> Bool {
        var isClean = true
        var group: UInt32 = 0
        var digits = 0
        var index = 0
        var isPadded = false
        // How far the current line is known to hold digits only, so that no line is looked through twice.
        var checkedEnd = 0
        while index < bytes.count {
            let value = values[Int(bytes[index])]
            index += 1
            if value < 64 {
                if isPadded {
                    if index > checkedEnd {
                        guard let end = endOfDigits(bytes, from: index, values: values) else { return false }
                        checkedEnd = end
                    }
                    isPadded = false
                    isClean = false
                }
                group = group << 6 | UInt32(value)
                digits += 1
                if digits == 4 {
                    output[count] = UInt8(truncatingIfNeeded: group >> 16)
                    output[count + 1] = UInt8(truncatingIfNeeded: group >> 8)
                    output[count + 2] = UInt8(truncatingIfNeeded: group)
                    count += 3
                    (group, digits) = (0, 0)
                }
            } else if value == padding {
                if digits < 2, !isPadded { isClean = false }
                flush(&group, &digits, into: output, count: &count)
                isPadded = true
            } else if value == junk {
                isClean = false
            }
        }
        if digits > 0 { isClean = false }
        flush(&group, &digits, into: output, count: &count)
        return isClean
    }

    private static func flush(
        _ group: inout UInt32, _ digits: inout Int, into output: UnsafeMutableBufferPointer<UInt8>, count: inout Int
    ) {
        if digits == 2 {
            output[count] = UInt8(truncatingIfNeeded: group >> 4)
            count += 1
        } else if digits == 3 {
            output[count] = UInt8(truncatingIfNeeded: group >> 10)
            output[count + 1] = UInt8(truncatingIfNeeded: group >> 2)
            count += 2
        }
        (group, digits) = (0, 0)
    }

    /// The end of the line, if there are only digits and padding up to there, blanks at its very end aside.
    private static func endOfDigits(
        _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, values: UnsafeBufferPointer<UInt8>
    ) -> Int? {
        var index = start
        var isBlank = false
        while index < bytes.count, !bytes[index].isLineEnd {
            let value = values[Int(bytes[index])]
            if value == space {
                isBlank = true
            } else if isBlank || value == junk {
                return nil
            }
            index += 1
        }
        return index
    }

    static func encodedCount(_ count: Int, inLines: Bool) -> Int {
        let digits = (count + 2) / 3 * 4
        return inLines ? digits + (digits + 75) / 76 * 2 : digits
    }
}
