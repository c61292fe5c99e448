/// Reads one unfolded content line: `name *(";" param) ":" value` (RFC 5545 section 3.1).
struct ContentLineParser {
    enum Outcome {
        case property(Property)
        /// Also the name of a component, in upper case.
        case begin(String)
        case end(String)
        case bad(String)
        /// No line of its own, but more of the property of this name.
        case joined(String)
    }

    var decoder: TextDecoder
    let limits: Limits
    /// Set when a line was read although a parameter of it breaks the grammar.
    var badParameter = false
    /// Set when a property of vCalendar 1.0 was translated.
    var translated = false

    init(decoder: TextDecoder, limits: Limits) {
        self.decoder = decoder
        self.limits = limits
    }

    mutating func parse(_ line: UnsafeBufferPointer<UInt8>, number: Int) -> Outcome {
        var index = 0
        while index < line.count, line[index].isNameCharacter { index += 1 }
        guard index > 0 else {
            // A byte order mark comes in where files were put together.
            guard line.count > 3, line[0] == 0xEF, line[1] == 0xBB, line[2] == 0xBF, line[3].isNameCharacter else {
                return .bad("the line does not begin with a name")
            }
            return parse(UnsafeBufferPointer(rebasing: line[3...]), number: number)
        }
        let nameEnd = index
        while index < line.count, line[index] == 0x20 || line[index] == 0x09 { index += 1 }
        guard index < line.count else { return .bad("the line has no colon") }

        let isBegin = nameEnd == 5 && line.spells("BEGIN", 5)
        if isBegin || nameEnd == 3 && line.spells("END", 3) {
            let name = line[index] == UInt8(ascii: ":") ? componentName(line, after: index) : ""
            if name.isEmpty { return .bad("the line names no component") }
            return isBegin ? .begin(name) : .end(name)
        }
        let name = upperCased(UnsafeBufferPointer(rebasing: line[..<nameEnd]))
        var parameters: [ContentParameter] = []
        if line[index] == UInt8(ascii: ";") {
            var scanner = ParameterScanner(line: line, position: index, decoder: decoder)
            let complete = scanner.scan(into: &parameters, limits: limits)
            decoder = scanner.decoder
            if scanner.deviated { badParameter = true }
            guard complete else { return .bad("the line has no colon") }
            index = scanner.position
        }
        guard line[index] == UInt8(ascii: ":") else { return .bad("no name, parameter or value may stand here") }
        let raw = UnsafeBufferPointer(rebasing: line[(index + 1)...])
        if !parameters.isEmpty, OldEncoding.applies(to: parameters) {
            translated = true
            let value = OldEncoding.decode(raw, parameters: &parameters, decoder: &decoder)
            return .property(Property(upperCased: name, value: value, parameters: parameters, line: number))
        }
        return .property(
            Property(upperCased: name, value: decoder.decode(raw), parameters: parameters, line: number))
    }

    /// Without what may not be in a name, such as white space around it.
    private func componentName(_ line: UnsafeBufferPointer<UInt8>, after colon: Int) -> String {
        let name = UnsafeBufferPointer(rebasing: line[(colon + 1)...])
        if name.allSatisfy({ $0.isNameCharacter }) { return upperCased(name) }
        return name.filter { $0.isNameCharacter }.withUnsafeBufferPointer(upperCased)
    }

    private func upperCased(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        for byte in bytes where byte &- 0x61 < 26 {
            return String(decoding: bytes.map(\.asciiUppercased), as: UTF8.self)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension UInt8 {
    /// What names are made of (`iana-token`), and the underscore that some clients put into theirs.
    @inline(__always)
    var isNameCharacter: Bool {
        (self | 0x20) &- 0x61 < 26 || self &- 0x30 < 10 || self == UInt8(ascii: "-") || self == UInt8(ascii: "_")
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether the first `count` bytes are this upper-case word, in any case.
    @inline(__always)
    fileprivate func spells(_ word: StaticString, _ count: Int) -> Bool {
        for index in 0..<count where self[index] & 0xDF != word.utf8Start[index] { return false }
        return true
    }
}
