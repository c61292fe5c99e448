/// URIs by RFC 3986: what may not stand in one is percent-encoded.
enum OutgoingURI {
    /// What some client wrote as a URI; `nil` when it does not begin with a scheme.
    static func text(of value: String) -> String? {
        let bytes = Array(value.utf8)
        let start = bytes.firstIndex { $0 > 0x20 } ?? bytes.count
        let end = (bytes.lastIndex { $0 > 0x20 } ?? -1) + 1
        guard start < end, let colon = bytes[start..<end].firstIndex(of: UInt8(ascii: ":")), colon + 1 < end,
            0x41...0x5A ~= bytes[start] & 0xDF, bytes[start..<colon].allSatisfy(isSchemeCharacter)
        else { return nil }
        return encoded(bytes[start..<end]) { isAllowed($0) || $0 == UInt8(ascii: "%") }
    }

    /// An address as ATTENDEE and ORGANIZER hold it (RFC 6068 section 2).
    static func mailto(_ address: String) -> String {
        let bytes = Array(address.utf8)
        // What a URI allows, but reads as something else than part of an address.
        return "mailto:" + encoded(bytes[...]) { isAllowed($0) && !isDelimiter($0) }
    }

    private static func encoded(_ bytes: ArraySlice<UInt8>, keeping isKept: (UInt8) -> Bool) -> String {
        if bytes.allSatisfy(isKept) { return String(decoding: bytes, as: UTF8.self) }
        let digits = Array("0123456789ABCDEF".utf8)
        var result: [UInt8] = []
        for byte in bytes {
            if isKept(byte) {
                result.append(byte)
            } else {
                result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func isSchemeCharacter(_ byte: UInt8) -> Bool {
        0x41...0x5A ~= byte & 0xDF || 0x30...0x39 ~= byte || "+-.".utf8.contains(byte)
    }

    /// RFC 3986's characters but the percent sign.
    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x61...0x7A, 0x40...0x5A, 0x30...0x3B: true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "!"),
            UInt8(ascii: "$"), UInt8(ascii: "&")...UInt8(ascii: ","), UInt8(ascii: "="):
            true
        default: isDelimiter(byte)
        }
    }

    private static func isDelimiter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "["), UInt8(ascii: "]"): true
        default: false
        }
    }
}
