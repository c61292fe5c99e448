extension Property {
    /// The value as TEXT (RFC 5545 section 3.3.11): `\\`, `\;`, `\,`, `\n` and `\N` unescaped. A backslash before
    /// anything else stands for itself, as clients mean it.
    package var text: String { TextEscaping.unescape(value) }

    /// The values of a TEXT list such as CATEGORIES: split at commas, then unescaped.
    package var textList: [String] { TextEscaping.split(value, at: UInt8(ascii: ",")).map(TextEscaping.unescape) }

    /// A property with a TEXT value, given as it should be read.
    package static func text(_ name: String, _ unescaped: String, parameters: [ContentParameter] = []) -> Property {
        Property(name, TextEscaping.escape(unescaped), parameters: parameters)
    }
}

/// The escapes of TEXT values (RFC 5545 section 3.3.11).
enum TextEscaping {
    private static let backslash = UInt8(ascii: "\\")

    static func unescape(_ value: String) -> String {
        guard value.utf8.contains(backslash) else { return value }
        var result: [UInt8] = []
        result.reserveCapacity(value.utf8.count)
        var bytes = value.utf8.makeIterator()
        while let byte = bytes.next() {
            guard byte == backslash else {
                result.append(byte)
                continue
            }
            switch bytes.next() {
            case UInt8(ascii: "n")?, UInt8(ascii: "N")?: result.append(0x0A)
            case UInt8(ascii: ";")?: result.append(UInt8(ascii: ";"))
            case UInt8(ascii: ",")?: result.append(UInt8(ascii: ","))
            case backslash?: result.append(backslash)
            case let other?:
                result.append(backslash)
                result.append(other)
            case nil: result.append(backslash)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// CR LF, LF and CR all become `\n`; other control characters, which RFC 5545 does not allow, are left out.
    static func escape(_ text: String) -> String {
        let needsNone = text.utf8.allSatisfy { byte in
            byte >= 0x20 && byte != 0x7F && byte != backslash && byte != UInt8(ascii: ";") && byte != UInt8(ascii: ",")
        }
        if needsNone { return text }
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count + 16)
        var previous: UInt8 = 0
        for byte in text.utf8 {
            switch byte {
            case backslash, UInt8(ascii: ";"), UInt8(ascii: ","):
                result.append(backslash)
                result.append(byte)
            case 0x0A where previous == 0x0D: break
            case 0x0A, 0x0D:
                result.append(backslash)
                result.append(UInt8(ascii: "n"))
            case 0x09: result.append(byte)
            case 0..<0x20, 0x7F: break
            default: result.append(byte)
            }
            previous = byte
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Splits at a separator that is not escaped; the parts keep their escapes.
    static func split(_ value: String, at separator: UInt8) -> [String] {
        guard value.utf8.contains(separator) else { return [value] }
        var parts: [String] = []
        var start = value.utf8.startIndex
        var index = start
        var escaped = false
        while index < value.utf8.endIndex {
            let byte = value.utf8[index]
            if escaped {
                escaped = false
            } else if byte == backslash {
                escaped = true
            } else if byte == separator {
                parts.append(String(value[start..<index]))
                start = value.utf8.index(after: index)
            }
            index = value.utf8.index(after: index)
        }
        parts.append(String(value[start...]))
        return parts
    }
}
