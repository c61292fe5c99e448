/// Reads the small part of XML 1.0 that S3 writes.
struct XMLParser {
    private static let maximumDepth = 32

    private let bytes: [UInt8]
    private var position = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func document() throws(XMLError) -> XMLElement {
        try skipToElement()
        let root = try element(depth: 1)
        return root
    }

    private func error() -> XMLError { XMLError(offset: position) }

    private func starts(with text: StaticString) -> Bool {
        guard bytes.count - position >= text.utf8CodeUnitCount else { return false }
        for offset in 0..<text.utf8CodeUnitCount where bytes[position + offset] != text.utf8Start[offset] {
            return false
        }
        return true
    }

    /// Moves behind the next occurrence and returns what lay before it.
    private mutating func take(until text: StaticString) throws(XMLError) -> ArraySlice<UInt8> {
        let start = position
        while position < bytes.count {
            if starts(with: text) {
                let taken = bytes[start..<position]
                position += text.utf8CodeUnitCount
                return taken
            }
            position += 1
        }
        throw error()
    }

    private mutating func skipToElement() throws(XMLError) {
        if starts(with: "\u{FEFF}") { position += 3 }
        while true {
            while position < bytes.count, isSpace(bytes[position]) { position += 1 }
            if starts(with: "<?") {
                _ = try take(until: "?>")
            } else if starts(with: "<!--") {
                _ = try take(until: "-->")
            } else if starts(with: "<"), !starts(with: "<!") {
                return
            } else {
                throw error()
            }
        }
    }

    private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

    /// From the `<` of a start tag to behind its end tag.
    private mutating func element(depth: Int) throws(XMLError) -> XMLElement {
        guard depth <= XMLParser.maximumDepth else { throw error() }
        position += 1
        let tag = try take(until: ">")
        let isEmpty = tag.last == UInt8(ascii: "/")
        let name = tag.prefix { !isSpace($0) && $0 != UInt8(ascii: "/") }
        guard !name.isEmpty else { throw error() }
        var element = XMLElement(name: String(decoding: name, as: UTF8.self))
        if isEmpty { return element }
        var text: [UInt8] = []
        while true {
            guard position < bytes.count else { throw error() }
            if starts(with: "</") {
                position += 2
                let end = try take(until: ">")
                guard end.prefix(while: { !isSpace($0) }) == name else { throw error() }
                element.text = String(decoding: text, as: UTF8.self)
                return element
            } else if starts(with: "<![CDATA[") {
                position += 9
                text += try take(until: "]]>")
            } else if starts(with: "<!--") {
                _ = try take(until: "-->")
            } else if starts(with: "<?") {
                _ = try take(until: "?>")
            } else if starts(with: "<") {
                element.children.append(try self.element(depth: depth + 1))
            } else if starts(with: "&") {
                position += 1
                text += try reference(try take(until: ";"))
            } else {
                text.append(bytes[position])
                position += 1
            }
        }
    }

    private func reference(_ name: ArraySlice<UInt8>) throws(XMLError) -> [UInt8] {
        let name = String(decoding: name, as: UTF8.self)
        switch name {
        case "amp": return [UInt8(ascii: "&")]
        case "lt": return [UInt8(ascii: "<")]
        case "gt": return [UInt8(ascii: ">")]
        case "quot": return [UInt8(ascii: "\"")]
        case "apos": return [UInt8(ascii: "'")]
        default:
            let code =
                name.hasPrefix("#x")
                ? UInt32(name.dropFirst(2), radix: 16) : name.hasPrefix("#") ? UInt32(name.dropFirst()) : nil
            guard let scalar = code.flatMap({ Unicode.Scalar($0) }) else { throw error() }
            return Array(String(Character(scalar)).utf8)
        }
    }
}
