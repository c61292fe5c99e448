/// Reads `*(";" name "=" value *("," value))` up to the colon before the value (RFC 5545 section 3.2, RFC 6868).
struct ParameterScanner {
    let line: UnsafeBufferPointer<UInt8>
    /// At a semicolon; after `scan` at the colon.
    private(set) var position: Int
    private(set) var decoder: TextDecoder
    /// Something was read that the grammar does not allow.
    private(set) var deviated = false

    private static let quote = UInt8(ascii: "\"")
    private static let colon = UInt8(ascii: ":")
    private static let semicolon = UInt8(ascii: ";")
    private static let comma = UInt8(ascii: ",")
    private static let backslash = UInt8(ascii: "\\")

    init(line: UnsafeBufferPointer<UInt8>, position: Int, decoder: TextDecoder) {
        self.line = line
        self.position = position
        self.decoder = decoder
    }

    /// False if the line ends before a colon is found.
    mutating func scan(into parameters: inout [ContentParameter], limits: Limits) -> Bool {
        while position < line.count, line[position] == Self.semicolon {
            position += 1
            while position < line.count, line[position] == 0x20 { position += 1 }
            let start = position
            while position < line.count, line[position].isNameCharacter { position += 1 }
            let name = UnsafeBufferPointer(rebasing: line[start..<position])
            guard position < line.count else { return false }
            guard line[position] == UInt8(ascii: "=") else {
                skipJunk(to: parameters.count < limits.parameters ? name : nil, &parameters)
                continue
            }
            position += 1
            var parameter = ContentParameter(String(decoding: name, as: UTF8.self), "")
            parameter.value = value(of: parameter.name)
            while position < line.count, line[position] == Self.comma {
                position += 1
                let next = value(of: parameter.name)
                if parameter.furtherValues.count + 1 < limits.values {
                    parameter.furtherValues.append(next)
                } else {
                    deviated = true
                }
            }
            if name.isEmpty || parameters.count >= limits.parameters {
                deviated = true
            } else {
                parameters.append(parameter)
            }
        }
        return position < line.count && line[position] == Self.colon
    }

    /// vCalendar 1.0 has parameters that are only a value, such as `;QUOTED-PRINTABLE`. They are kept without a value;
    /// what is no name either is skipped.
    private mutating func skipJunk(to name: UnsafeBufferPointer<UInt8>?, _ parameters: inout [ContentParameter]) {
        deviated = true
        if let name, !name.isEmpty, line[position] == Self.semicolon || line[position] == Self.colon {
            parameters.append(ContentParameter(String(decoding: name, as: UTF8.self), ""))
            return
        }
        while position < line.count, line[position] != Self.semicolon, line[position] != Self.colon { position += 1 }
    }

    private mutating func value(of name: String) -> String {
        if position < line.count, line[position] == Self.quote, let quoted = quotedValue() { return quoted }
        return unquotedValue(of: name)
    }

    /// `nil`, with nothing consumed, if the quotation mark is not closed.
    private mutating func quotedValue() -> String? {
        let start = position + 1
        var end = start
        while end < line.count, line[end] != Self.quote { end += 1 }
        guard end < line.count else { return nil }
        if end + 1 >= line.count || isDelimiter(line[end + 1]) {
            position = end + 1
            return decoded(UnsafeBufferPointer(rebasing: line[start..<end]))
        }
        // A quotation mark inside, as in `CN="John \"Jo\" Doe"`: the value ends at the one a delimiter follows.
        deviated = true
        var bytes = Array(line[start..<end])
        var index = end
        while index < line.count {
            if line[index] == Self.quote {
                if index + 1 < line.count, isDelimiter(line[index + 1]), line[index - 1] != Self.backslash {
                    position = index + 1
                    return bytes.withUnsafeBufferPointer { decoded($0) }
                }
                if bytes.last == Self.backslash { bytes.removeLast() }
            }
            bytes.append(line[index])
            index += 1
        }
        return nil
    }

    private func isDelimiter(_ byte: UInt8) -> Bool {
        byte == Self.colon || byte == Self.semicolon || byte == Self.comma
    }

    private mutating func unquotedValue(of name: String) -> String {
        let start = position
        if position < line.count, line[position] == UInt8(ascii: "("), name.equalsIgnoringASCIICase("TZID"),
            let last = line.lastIndex(of: Self.colon), last > position
        {
            // `TZID=(UTC+01:00) Amsterdam, Berlin` without quotation marks: no date has a colon of its own.
            if line[position..<last].contains(where: isDelimiter) { deviated = true }
            position = last
            return decoded(UnsafeBufferPointer(rebasing: line[start..<last]))
        }
        var escaped = false
        while position < line.count, !isDelimiter(line[position]) {
            if line[position] == Self.backslash, position + 1 < line.count, isDelimiter(line[position + 1]) {
                // RFC 5545 has no escapes here, but clients write `CN=Doe\, John`.
                escaped = true
                position += 1
            }
            position += 1
        }
        if position < line.count, line[position] == Self.colon, isScheme(start..<position), holdsAddress(name),
            let next = line[(position + 1)...].firstIndex(where: isDelimiter)
        {
            // `SENT-BY=mailto:someone@example.org` without quotation marks, if another colon is left for the value.
            if line[next...].contains(Self.colon) {
                deviated = true
                position = next
            }
        }
        let bytes = UnsafeBufferPointer(rebasing: line[start..<position])
        guard escaped else { return decoded(bytes) }
        deviated = true
        var plain: [UInt8] = []
        for (index, byte) in bytes.enumerated() {
            if byte == Self.backslash, index + 1 < bytes.count, isDelimiter(bytes[index + 1]) { continue }
            plain.append(byte)
        }
        return plain.withUnsafeBufferPointer { decoded($0) }
    }

    private func isScheme(_ range: Range<Int>) -> Bool {
        range.count == 6 && zip(line[range], "MAILTO".utf8).allSatisfy { $0.asciiUppercased == $1 }
    }

    private func holdsAddress(_ name: String) -> Bool {
        switch name.asciiUppercased {
        case "SENT-BY", "DELEGATED-FROM", "DELEGATED-TO", "MEMBER", "DIR": true
        default: false
        }
    }

    /// Undoes RFC 6868: `^n` is a newline, `^'` a quotation mark, `^^` a caret; anything else stays, but for control
    /// characters, which no value may hold.
    private mutating func decoded(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        let caret = UInt8(ascii: "^")
        guard bytes.contains(where: { $0 == caret || Self.isControl($0) }) else { return decoder.decode(bytes) }
        var plain: [UInt8] = []
        plain.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if Self.isControl(byte) {
                deviated = true
                continue
            }
            guard byte == caret, index < bytes.count else {
                plain.append(byte)
                continue
            }
            switch bytes[index] {
            case UInt8(ascii: "n"): plain.append(0x0A)
            case UInt8(ascii: "'"): plain.append(Self.quote)
            case caret: plain.append(caret)
            default:
                plain.append(caret)
                continue
            }
            index += 1
        }
        return plain.withUnsafeBufferPointer { decoder.decode($0) }
    }

    /// The tab is none here (RFC 5545 section 3.1, `CONTROL`).
    private static func isControl(_ byte: UInt8) -> Bool { byte < 0x20 && byte != 0x09 || byte == 0x7F }
}
