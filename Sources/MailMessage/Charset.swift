/// Text from octets in the charsets that mail still uses. Decoding never fails: a wrong or unknown label is as common
/// as a right one, and some text is better than none.
package enum Charset {
    /// Decodes octets labelled `name` (an IANA charset name, any case; nil when there was no label).
    ///
    /// UTF-8 that is valid is taken as UTF-8 under the labels that are given out thoughtlessly: none, `us-ascii`, and
    /// names not known here. What is then not UTF-8 either is read as windows-1252.
    package static func decode(_ bytes: some Collection<UInt8>, name: String?) -> String {
        switch name.map(canonicalName) {
        case "utf-8":
            return String(decoding: withoutMark(bytes), as: UTF8.self)
        case "utf-16", "utf-16le", "utf-16be":
            return utf16(Array(bytes), isBigEndian: name.map(canonicalName) != "utf-16le")
        case let known?:
            if let table = table(known) { return singleOctet(bytes, table) }
            return DoubleOctetCharset(name: known)?.decode(Array(bytes)) ?? lenient(bytes)
        case nil:
            return lenient(bytes)
        }
    }

    /// UTF-8 where the octets are that, otherwise windows-1252.
    static func lenient(_ bytes: some Collection<UInt8>) -> String {
        String(validating: withoutMark(bytes), as: UTF8.self) ?? singleOctet(bytes, CharsetTable.windows1252)
    }

    /// Whether `decode` knows the charset by this name.
    static func isKnown(_ name: String) -> Bool {
        let name = canonicalName(name)
        return name.hasPrefix("utf-") || name == "us-ascii" || table(name) != nil
            || DoubleOctetCharset(name: name) != nil
    }

    private static func canonicalName(_ name: String) -> String {
        let name = String(
            decoding: name.trimmed.asciiLowercased.utf8.map { $0 == UInt8(ascii: "_") ? 0x2D : $0 }, as: UTF8.self)
        switch name {
        case "utf8", "unicode-1-1-utf-8", "utf-8-mac", "utf8mb4": return "utf-8"
        case "utf16": return "utf-16"
        case "utf16le", "ucs-2le", "unicode": return "utf-16le"
        case "utf16be", "ucs-2be": return "utf-16be"
        case "ascii", "ansi-x3.4-1968", "iso646-us", "us", "default", "unknown-8bit", "8bit": return "us-ascii"
        default:
            for (prefix, replacement) in [
                ("iso8859-", "iso-8859-"), ("cp125", "windows-125"), ("x-cp125", "windows-125"),
            ]
            where name.hasPrefix(prefix) {
                return replacement + name.dropFirst(prefix.count)
            }
            return name
        }
    }

    private static func table(_ name: String) -> [UInt16]? {
        switch name {
        // The C1 controls of ISO 8859-1 and -9 never occur in mail; what is meant is the Windows set that has more.
        case "iso-8859-1", "latin1", "l1", "windows-1252": CharsetTable.windows1252
        case "iso-8859-2", "latin2", "l2": CharsetTable.iso8859Part2
        case "iso-8859-3", "latin3": CharsetTable.iso8859Part3
        case "iso-8859-4", "latin4": CharsetTable.iso8859Part4
        case "iso-8859-5", "cyrillic": CharsetTable.iso8859Part5
        case "iso-8859-6", "arabic": CharsetTable.iso8859Part6
        case "iso-8859-7", "greek": CharsetTable.iso8859Part7
        case "iso-8859-8", "iso-8859-8-i", "iso-8859-8-e", "hebrew": CharsetTable.iso8859Part8
        case "iso-8859-9", "latin5", "l5", "windows-1254": CharsetTable.windows1254
        case "iso-8859-10", "latin6": CharsetTable.iso8859Part10
        case "iso-8859-11", "tis-620", "windows-874", "cp874": CharsetTable.windows874
        case "iso-8859-13", "latin7": CharsetTable.iso8859Part13
        case "iso-8859-14", "latin8": CharsetTable.iso8859Part14
        case "iso-8859-16", "latin10": CharsetTable.iso8859Part16
        case "macintosh", "x-mac-roman", "mac": CharsetTable.macRoman
        case "ibm437", "cp437": CharsetTable.codePage437
        case "ibm850", "cp850": CharsetTable.codePage850
        case "ibm866", "cp866": CharsetTable.codePage866
        case "iso-8859-15", "latin-9", "latin9": CharsetTable.iso8859Part15
        case "windows-1250": CharsetTable.windows1250
        case "windows-1251": CharsetTable.windows1251
        case "windows-1253": CharsetTable.windows1253
        case "windows-1255": CharsetTable.windows1255
        case "windows-1256": CharsetTable.windows1256
        case "windows-1257": CharsetTable.windows1257
        case "windows-1258": CharsetTable.windows1258
        case "koi8-r", "koi8r", "koi8": CharsetTable.koi8R
        case "koi8-u", "koi8u", "koi8-ru": CharsetTable.koi8U
        default: nil
        }
    }

    private static func singleOctet(_ bytes: some Collection<UInt8>, _ table: [UInt16]) -> String {
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count)
        for byte in bytes { units.append(byte < 0x80 ? UInt16(byte) : table[Int(byte) - 0x80]) }
        return String(decoding: units, as: UTF16.self)
    }

    private static func utf16(_ bytes: [UInt8], isBigEndian: Bool) -> String {
        var isBigEndian = isBigEndian
        var index = 0
        if bytes.starts(with: [0xFE, 0xFF]) {
            (isBigEndian, index) = (true, 2)
        } else if bytes.starts(with: [0xFF, 0xFE]) {
            (isBigEndian, index) = (false, 2)
        } else if bytes.count > 1, (bytes[0] == 0) != (bytes[1] == 0) {
            // An ASCII letter, which most texts begin with, shows what its octets' order is.
            isBigEndian = bytes[0] == 0
        }
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2)
        while index + 1 < bytes.count {
            let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
            units.append(isBigEndian ? first << 8 | second : second << 8 | first)
            index += 2
        }
        return String(decoding: units, as: UTF16.self)
    }

    private static func withoutMark<Bytes: Collection<UInt8>>(_ bytes: Bytes) -> Bytes.SubSequence {
        bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    }
}
