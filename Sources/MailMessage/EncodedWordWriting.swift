extension EncodedWord {
    /// Encodes UTF-8 text as encoded words of at most 75 octets that never part a character, one space between them.
    ///
    /// - Parameter firstWidth: the octets the first word may take, which shares its line with the field's name.
    static func encode(_ text: [UInt8], firstWidth: Int) -> [UInt8] {
        let special = text.count { !isPlainInQ($0) && $0 != 0x20 }
        let usesQ = text.count + special * 2 <= (text.count + 2) / 3 * 4
        var output: [UInt8] = []
        var width = max(firstWidth, 30) - overhead
        var start = 0
        while start < text.count {
            var end = start
            var length = 0
            while end < text.count {
                let next = scalarEnd(text, end)
                let added =
                    usesQ
                    ? text[end..<next].reduce(0) { $0 + (isPlainInQ($1) || $1 == 0x20 ? 1 : 3) }
                    : Base64.encodedCount(next - start, inLines: false) - length
                if length + added > width, end > start { break }
                length += added
                end = next
            }
            if start > 0 { output.append(0x20) }
            append(text[start..<end], usesQ: usesQ, to: &output)
            start = end
            width = 75 - overhead
        }
        return output
    }

    // "=?UTF-8?B?" and "?="
    private static let overhead = 12

    private static func append(_ text: ArraySlice<UInt8>, usesQ: Bool, to output: inout [UInt8]) {
        output.append(contentsOf: usesQ ? "=?UTF-8?Q?".utf8 : "=?UTF-8?B?".utf8)
        if usesQ {
            for byte in text {
                if byte == 0x20 {
                    output.append(UInt8(ascii: "_"))
                } else if isPlainInQ(byte) {
                    output.append(byte)
                } else {
                    output.append(contentsOf: [UInt8(ascii: "="), UInt8.hexDigit(byte >> 4), UInt8.hexDigit(byte)])
                }
            }
        } else {
            output.append(contentsOf: Base64.encode(Array(text), inLines: false))
        }
        output.append(contentsOf: "?=".utf8)
    }

    /// What RFC 2047 section 5 (3) leaves unencoded in a phrase, the strictest place.
    private static func isPlainInQ(_ byte: UInt8) -> Bool {
        byte.isLetter || byte.isDigit || byte == UInt8(ascii: "!") || byte == UInt8(ascii: "*")
            || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "/")
    }

    private static func scalarEnd(_ text: [UInt8], _ start: Int) -> Int {
        var end = start + 1
        while end < text.count, text[end] & 0xC0 == 0x80 { end += 1 }
        return end
    }
}
