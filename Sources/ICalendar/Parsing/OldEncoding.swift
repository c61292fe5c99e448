/// vCalendar 1.0 property encodings, which some phones and webinar services still send: `ENCODING=QUOTED-PRINTABLE`
/// and `CHARSET`. The value is decoded and the parameters go, so that what is written is RFC 5545.
enum OldEncoding {
    static func applies(to parameters: [ContentParameter]) -> Bool {
        parameters.contains { isCharset($0) || isQuotedPrintable($0) }
    }

    static func decode(
        _ raw: UnsafeBufferPointer<UInt8>, parameters: inout [ContentParameter], decoder: inout TextDecoder
    ) -> String {
        var own = decoder
        if let charset = parameters.first(where: isCharset)?.value, let known = TextDecoder(charset: charset) {
            own = known
        }
        defer { decoder.noteDeviation(of: own) }
        let quotedPrintable = parameters.contains(where: isQuotedPrintable)
        parameters.removeAll { isCharset($0) || isQuotedPrintable($0) }
        guard quotedPrintable else { return own.decode(raw) }
        let bytes = quotedPrintableDecoded(raw)
        return bytes.withUnsafeBufferPointer { own.decode($0) }
    }

    private static func isCharset(_ parameter: ContentParameter) -> Bool { parameter.isNamed("CHARSET") }

    private static func isQuotedPrintable(_ parameter: ContentParameter) -> Bool {
        let word = parameter.value.isEmpty ? parameter.name : parameter.isNamed("ENCODING") ? parameter.value : ""
        return word.equalsIgnoringASCIICase("QUOTED-PRINTABLE")
    }

    /// RFC 2045 section 6.7. A line break becomes the escape `\n`, other control characters go, and `=` that begins no
    /// pair of digits stays.
    private static func quotedPrintableDecoded(_ raw: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(raw.count)
        var index = 0
        var previous: UInt8 = 0
        while index < raw.count {
            var byte = raw[index]
            if byte == UInt8(ascii: "="), index + 2 < raw.count, let high = hexDigit(raw[index + 1]),
                let low = hexDigit(raw[index + 2])
            {
                byte = high << 4 | low
                index += 2
            }
            index += 1
            if byte == 0x0D || byte == 0x0A && previous != 0x0D {
                result += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
            } else if byte >= 0x20 && byte != 0x7F || byte == 0x09 {
                result.append(byte)
            }
            previous = byte
        }
        return result
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }
}
