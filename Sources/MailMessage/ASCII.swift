// The octet classes of the mail grammars. Mail is octets: nothing here looks at characters.
extension UInt8 {
    /// WSP of RFC 5322.
    var isBlank: Bool { self == 0x20 || self == 0x09 }

    var isLineEnd: Bool { self == 0x0A || self == 0x0D }

    var isDigit: Bool { self >= 0x30 && self <= 0x39 }

    var isLetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }

    var isControl: Bool { self < 0x20 || self == 0x7F }

    var lowercased: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }

    /// atext of RFC 5322 section 3.2.3, with the octets of UTF-8 that RFC 6532 adds.
    var isAtomText: Bool {
        if isLetter || isDigit || self >= 0x80 { return true }
        switch self {
        case UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "&"),
            UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "/"),
            UInt8(ascii: "="), UInt8(ascii: "?"), UInt8(ascii: "^"), UInt8(ascii: "_"), UInt8(ascii: "`"),
            UInt8(ascii: "{"), UInt8(ascii: "|"), UInt8(ascii: "}"), UInt8(ascii: "~"):
            return true
        default:
            return false
        }
    }

    /// The token characters of RFC 2045 section 5.1.
    var isToken: Bool {
        guard self > 0x20, self < 0x7F else { return false }
        switch self {
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "@"),
            UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "\\"), UInt8(ascii: "\""),
            UInt8(ascii: "/"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "?"), UInt8(ascii: "="):
            return false
        default:
            return true
        }
    }

    var hexValue: UInt8? {
        switch self {
        case 0x30...0x39: self - 0x30
        case 0x41...0x46: self - 0x41 + 10
        case 0x61...0x66: self - 0x61 + 10
        default: nil
        }
    }

    /// The upper-case hexadecimal digit of the low four bits.
    static func hexDigit(_ value: UInt8) -> UInt8 {
        let digit = value & 15
        return digit < 10 ? 0x30 + digit : 0x41 + digit - 10
    }
}

extension BidirectionalCollection<UInt8> {
    /// The part without spaces, tabs and line ends around it.
    var trimmed: SubSequence {
        guard let first = firstIndex(where: { !$0.isBlank && !$0.isLineEnd }),
            let last = lastIndex(where: { !$0.isBlank && !$0.isLineEnd })
        else { return self[startIndex..<startIndex] }
        return self[first...last]
    }
}

extension String {
    /// ASCII letters in lower case; every other octet untouched, unlike `lowercased()`.
    var asciiLowercased: String {
        guard utf8.contains(where: { $0 >= 0x41 && $0 <= 0x5A }) else { return self }
        return String(decoding: utf8.map(\.lowercased), as: UTF8.self)
    }

    /// Whether both are the same octets, upper and lower case ASCII letters being the same.
    func isASCIICaseInsensitively(_ other: String) -> Bool {
        utf8.elementsEqual(other.utf8) { $0.lowercased == $1.lowercased }
    }

    /// The text without spaces, tabs and line ends around it.
    var trimmed: String {
        let inner = utf8.trimmed
        return inner.count == utf8.count ? self : String(decoding: inner, as: UTF8.self)
    }
}
