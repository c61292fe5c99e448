/// Cuts `value; name=value; name="value"` into its pieces, each octet being looked at a bounded number of times.
struct HeaderParameterScanner {
    private let bytes: [UInt8]
    private var index = 0
    // Set once a search for the closing mark has failed: every later one would fail as well.
    private var hasUnclosedQuote = false
    private var hasUnclosedComment = false

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// What stands before the first semicolon.
    mutating func leadingValue() -> String {
        var value: [UInt8] = []
        while index < bytes.count, bytes[index] != UInt8(ascii: ";") {
            if bytes[index] == UInt8(ascii: "("), skipComment() { continue }
            value.append(bytes[index])
            index += 1
        }
        return String(decoding: value.trimmed, as: UTF8.self)
    }

    /// The next parameter; its name in lower case, with the asterisks of RFC 2231.
    mutating func next() -> (name: String, value: [UInt8])? {
        while true {
            skipSeparators()
            if index == bytes.count { return nil }
            let start = index
            while index < bytes.count, bytes[index].isToken { index += 1 }
            let name = bytes[start..<index].map(\.lowercased)
            skipBlanks()
            guard !name.isEmpty, index < bytes.count, bytes[index] == UInt8(ascii: "=") else {
                // Not a parameter: on to what follows the next semicolon.
                if index == start { index += 1 }
                while index < bytes.count, bytes[index] != UInt8(ascii: ";"), !bytes[index].isBlank { index += 1 }
                continue
            }
            index += 1
            skipBlanks()
            return (String(decoding: name, as: UTF8.self), value())
        }
    }

    private mutating func value() -> [UInt8] {
        if index < bytes.count, bytes[index] == UInt8(ascii: "\""), let quoted = quotedValue() { return quoted }
        if index < bytes.count, bytes[index] == UInt8(ascii: "\"") { index += 1 }
        let start = index
        while index < bytes.count, bytes[index] != UInt8(ascii: ";") {
            // A file name may hold blanks; but when `word=` follows, a semicolon was forgotten.
            // Asked once per run of blanks, or a long run would be walked through once for each of them.
            if bytes[index].isBlank, index == start || !bytes[index - 1].isBlank, isParameterNext() { break }
            if bytes[index] == UInt8(ascii: "("), index > start, bytes[index - 1].isBlank, skipComment() {
                return Array(bytes[start..<index].prefix { $0 != UInt8(ascii: "(") }.trimmed)
            }
            index += 1
        }
        return Array(bytes[start..<index].trimmed)
    }

    private mutating func quotedValue() -> [UInt8]? {
        if hasUnclosedQuote { return nil }
        var value: [UInt8] = []
        var end = index + 1
        while end < bytes.count {
            switch bytes[end] {
            case UInt8(ascii: "\""):
                index = end + 1
                return value
            case UInt8(ascii: "\\") where end + 1 < bytes.count:
                // Products put Windows paths here without doubling the backslash.
                let next = bytes[end + 1]
                if next != UInt8(ascii: "\""), next != UInt8(ascii: "\\") { value.append(bytes[end]) }
                value.append(next)
                end += 2
            default:
                value.append(bytes[end])
                end += 1
            }
        }
        hasUnclosedQuote = true
        return nil
    }

    private func isParameterNext() -> Bool {
        var end = index
        while end < bytes.count, bytes[end].isBlank { end += 1 }
        let start = end
        while end < bytes.count, bytes[end].isToken { end += 1 }
        return end > start && end < bytes.count && bytes[end] == UInt8(ascii: "=")
    }

    private mutating func skipSeparators() {
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "("), skipComment() { continue }
            guard bytes[index].isBlank || bytes[index].isLineEnd || bytes[index] == UInt8(ascii: ";") else { return }
            index += 1
        }
    }

    private mutating func skipBlanks() {
        while index < bytes.count, bytes[index].isBlank || bytes[index].isLineEnd { index += 1 }
    }

    /// Moves behind the comment that starts here, if it ends somewhere.
    private mutating func skipComment() -> Bool {
        guard !hasUnclosedComment, let end = HeaderComment.end(in: bytes, from: index) else {
            hasUnclosedComment = true
            return false
        }
        index = end
        return true
    }
}
