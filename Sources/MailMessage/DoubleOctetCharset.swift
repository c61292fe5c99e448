/// The charsets of Chinese, Japanese and Korean mail, in which most characters take two octets.
///
/// Octets that stand for nothing become U+FFFD; an ASCII character behind a broken lead is kept.
enum DoubleOctetCharset {
    /// GB 18030; GBK and GB 2312 are parts of it.
    case gb18030
    case big5
    /// EUC-KR with the rest of the Hangul syllables.
    case korean
    case shiftJIS
    case eucJP
    /// RFC 1468, with half-width katakana.
    case iso2022JP

    /// - Parameter name: in lower case, with hyphens for underscores.
    init?(name: String) {
        switch name {
        case "gb2312", "gb-2312", "gb2312-80", "gbk", "x-gbk", "cp936", "ms936", "windows-936", "gb18030", "csgb2312",
            "euc-cn", "gb-2312-80":
            self = .gb18030
        case "big5", "big-5", "cn-big5", "x-x-big5", "cp950", "windows-950", "big5-hkscs", "csbig5": self = .big5
        case "euc-kr", "euckr", "ks-c-5601-1987", "ks-c-5601", "ks-c-5601-1989", "ksc5601", "ksc-5601", "cp949", "uhc",
            "windows-949", "korean", "cseuckr":
            self = .korean
        case "shift-jis", "shiftjis", "sjis", "x-sjis", "ms-kanji", "windows-31j", "cp932", "ms932", "csshiftjis":
            self = .shiftJIS
        case "euc-jp", "eucjp", "x-euc-jp", "x-euc", "cseucpkdfmtjapanese": self = .eucJP
        case "iso-2022-jp", "csiso2022jp", "iso-2022-jp-1", "iso-2022-jp-2", "iso-2022-jp-3", "iso-2022-jp-ms",
            "cp50220",
            "cp50221":
            self = .iso2022JP
        default: return nil
        }
    }

    func decode(_ bytes: [UInt8]) -> String {
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count)
        switch self {
        case .iso2022JP: Self.readISO2022JP(bytes, into: &units)
        case .eucJP: Self.readEUCJP(bytes, into: &units)
        case .gb18030, .big5, .korean, .shiftJIS:
            var index = 0
            while index < bytes.count {
                if bytes[index] < 0x80 {
                    units.append(UInt16(bytes[index]))
                    index += 1
                } else {
                    index += readCharacter(bytes[index...], into: &units)
                }
            }
        }
        return String(decoding: units, as: UTF16.self)
    }

    private static let unknown: UInt16 = 0xFFFD

    /// How many octets it took.
    private func readCharacter(_ bytes: ArraySlice<UInt8>, into units: inout [UInt16]) -> Int {
        let first = bytes[bytes.startIndex]
        let table: DoubleOctetTable
        switch self {
        case .gb18030:
            if first == 0x80 {
                units.append(0x20AC)
                return 1
            }
            if let found = GB18030Quadruple.codePoint(of: bytes) {
                units.append(contentsOf: (Unicode.Scalar(found) ?? "\u{FFFD}").utf16)
                return 4
            }
            table = .chinese
        case .big5: table = .taiwanese
        case .korean: table = .korean
        case .shiftJIS, .eucJP, .iso2022JP:
            if 0xA1...0xDF ~= first {
                units.append(Self.halfWidthKatakana(first & 0x7F))
                return 1
            }
            table = .japanese
        }
        guard bytes.count > 1, table.isLead(first) else {
            units.append(Self.unknown)
            return 1
        }
        let second = bytes[bytes.startIndex + 1]
        let unit = table.unit(first, second)
        units.append(unit ?? Self.unknown)
        return unit == nil && second < 0x80 ? 1 : 2
    }

    private static func readEUCJP(_ bytes: [UInt8], into units: inout [UInt16]) {
        var index = 0
        while index < bytes.count {
            let first = bytes[index]
            let second = index + 1 < bytes.count && 0xA1...0xFE ~= bytes[index + 1] ? bytes[index + 1] : nil
            switch (first, second) {
            case (..<0x80, _):
                units.append(UInt16(first))
                index += 1
            case (0x8E, let second?):
                units.append(second <= 0xDF ? halfWidthKatakana(second & 0x7F) : unknown)
                index += 2
            case (0x8F, _?):
                // JIS X 0212, which no mail program writes.
                units.append(unknown)
                index += min(3, bytes.count - index)
            case (0xA1...0xFE, let second?):
                units.append(character(first & 0x7F, second & 0x7F))
                index += 2
            default:
                units.append(unknown)
                index += 1
            }
        }
    }

    private static func readISO2022JP(_ bytes: [UInt8], into units: inout [UInt16]) {
        enum Set {
            case ascii, katakana, kanji, supplement
        }
        var set = Set.ascii
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == 0x1B {
                let rest = bytes[(index + 1)...]
                if rest.starts(with: "(B".utf8) || rest.starts(with: "(J".utf8) || rest.starts(with: "(I".utf8) {
                    set = rest.starts(with: "(I".utf8) ? .katakana : .ascii
                    index += 3
                } else if rest.starts(with: "$@".utf8) || rest.starts(with: "$B".utf8) {
                    set = .kanji
                    index += 3
                } else if rest.starts(with: "$(D".utf8) {
                    set = .supplement
                    index += 4
                } else {
                    index += 1
                }
                continue
            }
            // Controls stand between characters in every set, and a line begins in ASCII.
            if byte == 0x0A || byte == 0x0D { set = .ascii }
            let isGraphic = 0x21...0x7E ~= byte
            switch set {
            case .katakana where 0x21...0x5F ~= byte: units.append(halfWidthKatakana(byte))
            case .kanji where isGraphic, .supplement where isGraphic:
                guard index + 1 < bytes.count, 0x21...0x7E ~= bytes[index + 1] else {
                    units.append(unknown)
                    break
                }
                units.append(set == .kanji ? character(byte, bytes[index + 1]) : unknown)
                index += 1
            default: units.append(byte < 0x80 ? UInt16(byte) : unknown)
            }
            index += 1
        }
    }

    /// Of JIS X 0201, 0x21 to 0x5F.
    private static func halfWidthKatakana(_ octet: UInt8) -> UInt16 { 0xFF61 + UInt16(octet) - 0x21 }

    /// Of JIS X 0208, both octets 0x21 to 0x7E.
    private static func character(_ first: UInt8, _ second: UInt8) -> UInt16 {
        DoubleOctetTable.japanese.unit(row: Int(first) - 0x21, cell: Int(second) - 0x21) ?? unknown
    }
}

/// The characters of GB 18030 that take four octets: all of Unicode that its pairs do not have, in order.
private enum GB18030Quadruple {
    // Below the surrogates, then 81 places for private use, then what is behind most of the private use area.
    private static let low = DoubleOctetTable.chinese.others(in: 0x80...0xD7FF)
    private static let high = DoubleOctetTable.chinese.others(in: 0xE865...0xFFFF)
    private static let highStart = 39_420 - high.count
    private static let supplementaryStart = 189_000

    /// nil when there are not four octets of that form; U+FFFD for those that stand for nothing.
    static func codePoint(of bytes: ArraySlice<UInt8>) -> UInt32? {
        let bytes = Array(bytes.prefix(4))
        guard bytes.count == 4, 0x81...0xFE ~= bytes[0], 0x30...0x39 ~= bytes[1], 0x81...0xFE ~= bytes[2],
            0x30...0x39 ~= bytes[3]
        else { return nil }
        let parts = [Int(bytes[0]) - 0x81, Int(bytes[1]) - 0x30, Int(bytes[2]) - 0x81, Int(bytes[3]) - 0x30]
        let position = ((parts[0] * 10 + parts[1]) * 126 + parts[2]) * 10 + parts[3]
        switch position {
        case ..<low.count: return UInt32(low[position])
        case highStart..<(highStart + high.count): return UInt32(high[position - highStart])
        case supplementaryStart...(supplementaryStart + 0xFFFFF): return UInt32(0x10000 + position - supplementaryStart)
        default: return 0xFFFD
        }
    }
}
