/// UTF-16 input, turned into UTF-8 before anything else looks at it.
struct UTF16Text {
    let utf8: [UInt8]

    /// `nil` unless there is a UTF-16 byte order mark, the charset says UTF-16, or the first letter is a wide one.
    init?(_ bytes: [UInt8], charset: String?) {
        guard bytes.count >= 2 else { return nil }
        let bigEndian: Bool
        var start = 0
        switch (bytes[0], bytes[1]) {
        case (0xFE, 0xFF): (bigEndian, start) = (true, 2)
        case (0xFF, 0xFE): (bigEndian, start) = (false, 2)
        case (0, 1...): bigEndian = true
        case (1..., 0): bigEndian = false
        // Bytes that are not wide letters are not UTF-16, whatever the charset says: iCalendar begins with ASCII.
        default: return nil
        }
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2)
        var index = start
        while index + 1 < bytes.count {
            let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
            units.append(bigEndian ? first << 8 | second : second << 8 | first)
            index += 2
        }
        utf8 = Array(String(decoding: units, as: UTF16.self).utf8)
    }
}
