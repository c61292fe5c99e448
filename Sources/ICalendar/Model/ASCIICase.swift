extension UInt8 {
    /// `a`–`z` become `A`–`Z`; every other byte stays.
    var asciiUppercased: UInt8 { self &- 0x61 < 26 ? self & 0xDF : self }
    /// `A`–`Z` become `a`–`z`; every other byte stays.
    var asciiLowercased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }

    var isASCIIDigit: Bool { self &- 0x30 < 10 }
}

extension String {
    /// Names in iCalendar are ASCII; letters beyond it are left as they are.
    var asciiUppercased: String {
        for byte in utf8 where byte &- 0x61 < 26 { return String(decoding: utf8.map(\.asciiUppercased), as: UTF8.self) }
        return self
    }

    var asciiLowercased: String {
        for byte in utf8 where byte &- 0x41 < 26 { return String(decoding: utf8.map(\.asciiLowercased), as: UTF8.self) }
        return self
    }

    func equalsIgnoringASCIICase(_ other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        return zip(utf8, other.utf8).allSatisfy { $0.asciiUppercased == $1.asciiUppercased }
    }
}
