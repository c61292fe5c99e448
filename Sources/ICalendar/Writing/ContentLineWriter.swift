/// Writes content lines, folded at 75 octets (RFC 5545 section 3.1).
struct ContentLineWriter {
    /// The line before folding; kept from one line to the next for its memory.
    private var line: [UInt8] = []

    private static let width = 75
    private static let backslash = UInt8(ascii: "\\")
    private static let caret = UInt8(ascii: "^")

    mutating func append(_ property: Property, to output: inout [UInt8]) {
        guard isName(property.name) else { return }
        line.removeAll(keepingCapacity: true)
        line.append(contentsOf: property.name.utf8)
        for parameter in property.parameters where isName(parameter.name) {
            line.append(UInt8(ascii: ";"))
            line.append(contentsOf: parameter.name.utf8)
            line.append(UInt8(ascii: "="))
            appendParameterValue(parameter.value, mustQuote: mustQuote(parameter.name))
            for value in parameter.furtherValues {
                line.append(UInt8(ascii: ","))
                appendParameterValue(value, mustQuote: mustQuote(parameter.name))
            }
        }
        line.append(UInt8(ascii: ":"))
        appendValue(property.value)
        fold(to: &output)
    }

    /// `BEGIN` and `END`.
    mutating func append(_ keyword: StaticString, _ name: String, to output: inout [UInt8]) {
        line.removeAll(keepingCapacity: true)
        keyword.withUTF8Buffer { line.append(contentsOf: $0) }
        line.append(UInt8(ascii: ":"))
        line.append(contentsOf: name.utf8.lazy.filter { $0 > 0x20 && $0 != 0x7F })
        fold(to: &output)
    }

    private func isName(_ name: String) -> Bool { !name.isEmpty && name.utf8.allSatisfy(\.isNameCharacter) }

    /// These hold URIs, which RFC 5545 section 3.2 wants quoted whether or not they have a colon.
    private func mustQuote(_ name: String) -> Bool {
        switch name {
        case "SENT-BY", "DELEGATED-FROM", "DELEGATED-TO", "MEMBER", "DIR", "ALTREP": true
        default: false
        }
    }

    private mutating func appendValue(_ value: String) {
        var value = value
        value.withUTF8 { bytes in
            if bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) {
                line.append(contentsOf: bytes)
                return
            }
            var previous: UInt8 = 0
            for byte in bytes {
                if byte == 0x0D || byte == 0x0A {
                    if byte == 0x0D || previous != 0x0D { line += [Self.backslash, UInt8(ascii: "n")] }
                } else if byte >= 0x20 && byte != 0x7F || byte == 0x09 {
                    line.append(byte)
                }
                previous = byte
            }
        }
    }

    private mutating func appendParameterValue(_ value: String, mustQuote: Bool) {
        let start = line.count
        var needsQuotes = mustQuote
        line.append(UInt8(ascii: "\""))
        var previous: UInt8 = 0
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "\""): line += [Self.caret, UInt8(ascii: "'")]
            case Self.caret: line += [Self.caret, Self.caret]
            case 0x0A where previous == 0x0D: break
            case 0x0A, 0x0D: line += [Self.caret, UInt8(ascii: "n")]
            case 0..<0x20, 0x7F:
                if byte == 0x09 { line.append(byte) }
            default:
                // Not only the delimiters: readers that know backslashes, or trim spaces, leave quoted text alone.
                if byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") || byte == UInt8(ascii: ":")
                    || byte == Self.backslash || byte == UInt8(ascii: "(")
                {
                    needsQuotes = true
                }
                line.append(byte)
            }
            previous = byte
        }
        if needsQuotes {
            line.append(UInt8(ascii: "\""))
        } else {
            line.remove(at: start)
        }
    }

    private func fold(to output: inout [UInt8]) {
        output.reserveCapacity(output.count + line.count + line.count / 24 + 2)
        var start = 0
        var room = Self.width
        while line.count - start > room {
            let end = breakPoint(after: start, before: start + room)
            output.append(contentsOf: line[start..<end])
            output.append(0x0D)
            output.append(0x0A)
            output.append(0x20)
            start = end
            room = Self.width - 1
        }
        output.append(contentsOf: line[start...])
        output.append(0x0D)
        output.append(0x0A)
    }

    /// The last place at or before `limit` where no character and no escape is split.
    private func breakPoint(after start: Int, before limit: Int) -> Int {
        var end = limit
        while end > start + 1, line[end] & 0xC0 == 0x80 { end -= 1 }
        // An odd number of backslashes or carets before the break: the last one belongs to what follows.
        for escape in [Self.backslash, Self.caret] {
            var run = end
            while run > start, line[run - 1] == escape { run -= 1 }
            if (end - run) % 2 == 1, end - 1 > start { end -= 1 }
        }
        return end
    }
}
