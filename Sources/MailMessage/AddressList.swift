/// Lists of mailboxes and groups as they stand in From, To and Reply-To (RFC 5322 sections 3.4 and 4.4).
package enum AddressList {
    /// The mailboxes of an unfolded field value, groups dissolved. What is no address is left out; semicolons separate
    /// as commas do, and a name that holds an unquoted comma is put together again.
    package static func parse(_ text: String) -> [Mailbox] {
        var parser = AddressListParser(text)
        return parser.run()
    }
}

private struct AddressListParser {
    private let bytes: [UInt8]
    private var index = 0
    private var hasUnclosedQuote = false
    private var hasUnclosedComment = false

    private var mailboxes: [Mailbox] = []
    /// The current piece as written, and with its quoting taken off.
    private var raw: [UInt8] = []
    private var display: [UInt8] = []
    private var hasAtSign = false
    private var comment: [UInt8] = []
    private var angle: [UInt8]?
    /// A piece without an address, which may be the surname of the next.
    private var carried: [UInt8] = []

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    mutating func run() -> [Mailbox] {
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "("):
                if !takeComment() { takeOctet() }
            case UInt8(ascii: "\""):
                if !takeQuoted() { index += 1 }
            case UInt8(ascii: "<"):
                takeAngle()
            case UInt8(ascii: ","), UInt8(ascii: ";"):
                index += 1
                finish()
            case UInt8(ascii: ":") where angle == nil && !hasAtSign:
                // The name of a group, or `mailto:`.
                index += 1
                (raw, display, carried) = ([], [], [])
            case UInt8(ascii: "\\") where index + 1 < bytes.count:
                index += 1
                takeOctet()
            default:
                takeOctet()
            }
        }
        finish()
        return mailboxes
    }

    private mutating func takeOctet() {
        // Once the address is there, only separators matter.
        if angle == nil {
            if bytes[index] == UInt8(ascii: "@") { hasAtSign = true }
            raw.append(bytes[index])
            display.append(bytes[index])
        }
        index += 1
    }

    private mutating func takeComment() -> Bool {
        guard !hasUnclosedComment, let end = HeaderComment.end(in: bytes, from: index) else {
            hasUnclosedComment = true
            return false
        }
        comment = Array(bytes[(index + 1)..<(end - 1)])
        raw.append(0x20)
        display.append(0x20)
        index = end
        return true
    }

    private mutating func takeQuoted() -> Bool {
        guard !hasUnclosedQuote, let (content, end) = QuotedString.read(bytes, from: index) else {
            hasUnclosedQuote = true
            return false
        }
        if angle == nil {
            raw.append(contentsOf: bytes[index..<end])
            display.append(contentsOf: content)
        }
        index = end
        return true
    }

    private mutating func takeAngle() {
        var content: [UInt8] = []
        index += 1
        while index < bytes.count, bytes[index] != UInt8(ascii: ">") {
            switch bytes[index] {
            case UInt8(ascii: "<"):
                content = []
                index += 1
            case UInt8(ascii: ",") where content.first != UInt8(ascii: "@"):
                // Not closed; a comma stands only in a source route, which starts with @.
                angle = content
                return
            case UInt8(ascii: "\""):
                guard !hasUnclosedQuote, let (_, end) = QuotedString.read(bytes, from: index) else {
                    hasUnclosedQuote = true
                    index += 1
                    continue
                }
                content.append(contentsOf: bytes[index..<end])
                index = end
            case UInt8(ascii: "("):
                if !hasUnclosedComment, let end = HeaderComment.end(in: bytes, from: index) {
                    index = end
                } else {
                    hasUnclosedComment = true
                    index += 1
                }
            default:
                content.append(bytes[index])
                index += 1
            }
        }
        if index < bytes.count { index += 1 }
        angle = content
    }

    private mutating func finish() {
        defer { (raw, display, comment, angle, hasAtSign) = ([], [], [], nil, false) }
        if let angle {
            var name = display
            if !carried.isEmpty { name = carried + Array(", ".utf8) + name }
            carried = []
            guard let address = AddressSpecification.read(angle) else { return }
            mailboxes.append(Mailbox(name: Self.name(name) ?? Self.name(comment), address: address))
        } else if let address = AddressSpecification.read(raw) {
            carried = []
            mailboxes.append(Mailbox(name: Self.name(comment), address: address))
        } else {
            carried = hasAtSign ? [] : Array(display.trimmed)
        }
    }

    /// A name decoded, on one line, without the single quotation marks Outlook puts around it.
    private static func name(_ bytes: [UInt8]) -> String? {
        var text = HeaderText.sanitized(EncodedWord.decode(String(decoding: bytes.trimmed, as: UTF8.self)))
        if text.count > 2, text.first == UInt8(ascii: "'"), text.last == UInt8(ascii: "'") {
            text = Array(text[1..<(text.count - 1)])
        }
        return text.isEmpty ? nil : String(decoding: text, as: UTF8.self)
    }
}
