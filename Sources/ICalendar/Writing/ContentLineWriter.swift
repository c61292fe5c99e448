/// Writes content lines, folded at 75 octets (RFC 5545 section 3.1).
struct ContentLineWriter {
    /// A line to be folded; kept from one to the next for its memory.
    private var line: [UInt8] = []

    private static let width = 75
    private static let backslash = UInt8(ascii: "\\")
    private static let caret = UInt8(ascii: "^")

    mutating func append(_ property: Property, to output: inout [UInt8]) {
        guard isName(property.name), property.name != "BEGIN", property.name != "END" else { return }
        let start = output.count
        append(property.name, to: &output)
        for parameter in property.parameters where isName(parameter.name) {
            output.append(UInt8(ascii: ";"))
            append(parameter.name, to: &output)
            output.append(UInt8(ascii: "="))
            let mustQuote = Self.holdsURI(parameter.name)
            appendParameterValue(parameter.value, mustQuote: mustQuote, to: &output)
            for value in parameter.furtherValues {
                output.append(UInt8(ascii: ","))
                appendParameterValue(value, mustQuote: mustQuote, to: &output)
            }
        }
        output.append(UInt8(ascii: ":"))
        appendValue(property.value, to: &output)
        endLine(from: start, of: &output)
    }

    /// `BEGIN` and `END`.
    mutating func append(_ keyword: StaticString, _ name: String, to output: inout [UInt8]) {
        let start = output.count
        keyword.withUTF8Buffer { output.append(contentsOf: $0) }
        output.append(UInt8(ascii: ":"))
        output.append(contentsOf: name.utf8.filter { $0.isNameCharacter })
        endLine(from: start, of: &output)
    }

    private func isName(_ name: String) -> Bool { !name.isEmpty && name.utf8.allSatisfy { $0.isNameCharacter } }

    /// These hold URIs, which RFC 5545 section 3.2 wants quoted whether or not they have a colon.
    private static func holdsURI(_ name: String) -> Bool {
        switch name {
        case "SENT-BY", "DELEGATED-FROM", "DELEGATED-TO", "MEMBER", "DIR", "ALTREP": true
        default: false
        }
    }

    private func append(_ text: String, to output: inout [UInt8]) {
        var text = text
        text.withUTF8 { output.append(contentsOf: $0) }
    }

    private func appendValue(_ value: String, to output: inout [UInt8]) {
        var value = value
        value.withUTF8 { bytes in
            guard bytes.holdsControls else {
                output.append(contentsOf: bytes)
                return
            }
            var previous: UInt8 = 0
            for byte in bytes {
                if byte == 0x0D || byte == 0x0A {
                    if byte == 0x0D || previous != 0x0D { output += [Self.backslash, UInt8(ascii: "n")] }
                } else if byte >= 0x20 && byte != 0x7F || byte == 0x09 {
                    output.append(byte)
                }
                previous = byte
            }
        }
    }

    private func appendParameterValue(_ value: String, mustQuote: Bool, to output: inout [UInt8]) {
        var value = value
        value.withUTF8 { bytes in
            let quote = UInt8(ascii: "\"")
            // Not only the delimiters: readers that know backslashes leave quoted text alone.
            let needsQuotes =
                mustQuote
                || bytes.contains { byte in
                    byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") || byte == UInt8(ascii: ":")
                        || byte == Self.backslash || byte == UInt8(ascii: "(")
                }
            if needsQuotes { output.append(quote) }
            if bytes.holdsControls || bytes.contains(where: { $0 == quote || $0 == Self.caret }) {
                appendEncoded(bytes, to: &output)
            } else {
                output.append(contentsOf: bytes)
            }
            if needsQuotes { output.append(quote) }
        }
    }

    /// RFC 6868.
    private func appendEncoded(_ bytes: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
        var previous: UInt8 = 0
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "\""): output += [Self.caret, UInt8(ascii: "'")]
            case Self.caret: output += [Self.caret, Self.caret]
            case 0x0A where previous == 0x0D: break
            case 0x0A, 0x0D: output += [Self.caret, UInt8(ascii: "n")]
            case 0x09: output.append(byte)
            case 0..<0x20, 0x7F: break
            default: output.append(byte)
            }
            previous = byte
        }
    }

    /// Ends the line that begins at `start`, and folds it if it is too long.
    private mutating func endLine(from start: Int, of output: inout [UInt8]) {
        if output.count - start > Self.width {
            line.removeAll(keepingCapacity: true)
            line.append(contentsOf: output[start...])
            output.removeSubrange(start...)
            appendFolded(to: &output)
        }
        output.append(0x0D)
        output.append(0x0A)
    }

    private func appendFolded(to output: inout [UInt8]) {
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

extension UnsafeBufferPointer<UInt8> {
    /// Control characters, the tab among them.
    fileprivate var holdsControls: Bool {
        // Without a way out of the loop, so that it is done many bytes at a time.
        var found = false
        for byte in self { found = found || byte < 0x20 || byte == 0x7F }
        return found
    }
}
