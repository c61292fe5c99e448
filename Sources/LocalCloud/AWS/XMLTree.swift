/// The answers of query protocol services: elements and text, no attributes that matter, no mixed content.
struct XMLTree: Sendable {
    let name: String
    let text: String
    let children: [XMLTree]

    /// The first child of that name.
    subscript(name: String) -> XMLTree? { children.first { $0.name == name } }

    func text(of name: String) -> String? { self[name]?.text }

    /// The first element of that name anywhere below, or this one.
    func first(_ name: String) -> XMLTree? {
        if self.name == name { return self }
        for child in children {
            if let found = child.first(name) { return found }
        }
        return nil
    }

    /// The elements of a list: `<Stacks><member>…</member></Stacks>`.
    func members(of list: String) -> [XMLTree] { first(list)?.children.filter { $0.name == "member" } ?? [] }
}

extension XMLTree {
    /// Nil when the bytes are not a well-formed document of that simple kind.
    init?(_ bytes: [UInt8]) {
        var reader = Reader(text: Substring(String(decoding: bytes, as: UTF8.self)))
        guard let tree = reader.element() else { return nil }
        self = tree
    }

    private struct Reader {
        var text: Substring

        mutating func element() -> XMLTree? {
            skipDeclarations()
            guard text.first == "<", let end = text.firstIndex(of: ">") else { return nil }
            let tag = text[text.index(after: text.startIndex)..<end]
            text = text[text.index(after: end)...]
            let name = String(tag.prefix { $0 != " " && $0 != "/" && $0 != "\n" })
            if tag.hasSuffix("/") { return XMLTree(name: name, text: "", children: []) }
            var content = ""
            var children: [XMLTree] = []
            while let next = text.firstIndex(of: "<") {
                content += text[..<next]
                text = text[next...]
                if text.hasPrefix("</") {
                    guard let close = text.firstIndex(of: ">"), text[..<close].dropFirst(2) == name else { return nil }
                    text = text[text.index(after: close)...]
                    return XMLTree(
                        name: name, text: children.isEmpty ? Reader.unescaped(content) : "", children: children)
                }
                guard let child = element() else { return nil }
                children.append(child)
            }
            return nil
        }

        private mutating func skipDeclarations() {
            text = text.drop { $0.isWhitespace }
            while text.hasPrefix("<?") || text.hasPrefix("<!"), let end = text.firstIndex(of: ">") {
                text = text[text.index(after: end)...].drop { $0.isWhitespace }
            }
        }

        private static func unescaped(_ text: String) -> String {
            guard text.contains("&") else { return text }
            return text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
                .replacing("&#39;", with: "'").replacing("&#x27;", with: "'").replacing("&apos;", with: "'")
                .replacing("&amp;", with: "&")
        }
    }
}
