/// Decodes the text of one calendar to Unicode.
struct TextDecoder {
    /// `nil` for UTF-8.
    private let page: CodePage?
    /// Something was not UTF-8 and was read as windows-1252.
    private(set) var deviated = false

    static let utf8 = TextDecoder(page: nil)

    private init(page: CodePage?) { self.page = page }

    /// `nil` if the charset (an IANA name, in any case) is not known.
    init?(charset: String) {
        switch charset.asciiLowercased {
        case "utf-8", "utf8", "us-ascii", "ascii", "utf-16", "utf-16le", "utf-16be", "": page = nil
        case let name:
            guard let known = CodePage(named: name) else { return nil }
            page = known
        }
    }

    mutating func noteDeviation(of other: TextDecoder) {
        if other.deviated { deviated = true }
    }

    @inline(__always)
    mutating func decode(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        if let page { return page.decode(bytes) }
        if bytes.isASCII { return String(decoding: bytes, as: UTF8.self) }
        return decodeBeyondASCII(bytes)
    }

    private mutating func decodeBeyondASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        if let valid = String(validating: bytes, as: UTF8.self) { return valid }
        deviated = true
        return CodePage.windows1252.decode(bytes)
    }
}

extension UnsafeBufferPointer<UInt8> {
    @inline(__always)
    fileprivate var isASCII: Bool {
        // Without a way out of the loop, so that it is done many bytes at a time.
        var all: UInt8 = 0
        for byte in self { all |= byte }
        return all < 0x80
    }
}
