/// One Authentication-Results field (RFC 8601): what a receiving server found out about a message.
package struct AuthenticationResults: Sendable, Equatable {
    package struct Method: Sendable, Equatable {
        /// Lower case: `spf`, `dkim`, `dmarc`, …
        package var name: String
        /// Lower case: `pass`, `fail`, `none`, …
        package var result: String
        /// Properties such as `header.from` or `header.d`, names in lower case, in order.
        package var properties: [(name: String, value: String)]

        /// The first property of this name.
        package func property(_ name: String) -> String? { properties.first { $0.name == name }?.value }

        package static func == (left: Method, right: Method) -> Bool {
            left.name == right.name && left.result == right.result
                && left.properties.elementsEqual(right.properties) { $0 == $1 }
        }
    }

    /// The server that says so, lower case.
    package var authority: String
    package var methods: [Method]

    /// Reads the unfolded value. Comments are dropped; nil when there is no server name.
    package init?(parsing text: String) {
        var statements = AuthenticationResultsScanner(text).statements()
        guard !statements.isEmpty, let authority = statements.removeFirst().first, authority.value == nil,
            !authority.name.isEmpty
        else { return nil }
        self.authority = authority.name.asciiLowercased
        methods = statements.compactMap { words in
            guard let first = words.first, let result = first.value else { return nil }
            // The name may carry a version, `dkim/1`.
            let name = first.name.asciiLowercased.prefix { $0 != "/" }
            let properties = words.dropFirst().compactMap { word in
                word.value.map { (name: word.name.asciiLowercased, value: $0) }
            }
            return Method(name: String(name), result: result.asciiLowercased, properties: properties)
        }
    }
}

/// Cuts the field into statements between semicolons, and these into words and `name=value` pairs.
private struct AuthenticationResultsScanner {
    struct Word {
        var name: String
        var value: String?
    }

    private let bytes: [UInt8]

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    func statements() -> [[Word]] {
        var statements: [[Word]] = [[]]
        var index = 0
        var hasUnclosedComment = false
        var hasUnclosedQuote = false
        var name: [UInt8]?
        var token: [UInt8] = []
        var isToken = false

        func finishWord() {
            guard isToken || name != nil else { return }
            let text = String(decoding: token, as: UTF8.self)
            let word =
                name.map { Word(name: String(decoding: $0, as: UTF8.self), value: text) }
                ?? Word(name: text, value: nil)
            statements[statements.count - 1].append(word)
            (name, token, isToken) = (nil, [], false)
        }

        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "(") where !hasUnclosedComment:
                if let end = HeaderComment.end(in: bytes, from: index) {
                    if name == nil || isToken { finishWord() }
                    index = end
                } else {
                    // Whatever stands in it was not meant as a result: trust nothing behind it.
                    hasUnclosedComment = true
                    index = bytes.count
                }
                continue
            case UInt8(ascii: "\"") where !hasUnclosedQuote:
                if let (content, end) = QuotedString.read(bytes, from: index) {
                    token.append(contentsOf: content)
                    isToken = true
                    index = end
                    continue
                }
                hasUnclosedQuote = true
            case UInt8(ascii: ";"):
                finishWord()
                statements.append([])
            case UInt8(ascii: "=") where name == nil && isToken:
                name = token
                (token, isToken) = ([], false)
            case UInt8(ascii: "=") where name == nil:
                // `dkim = pass`: the name was finished by the blank.
                if let last = statements[statements.count - 1].popLast() {
                    if last.value == nil {
                        name = Array(last.name.utf8)
                    } else {
                        statements[statements.count - 1].append(last)
                    }
                }
            case 0x20, 0x09:
                // Blanks may stand behind the equals sign.
                if isToken { finishWord() }
            default:
                token.append(byte)
                isToken = true
            }
            index += 1
        }
        finishWord()
        return statements
    }
}
