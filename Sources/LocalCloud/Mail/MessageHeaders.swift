/// The header fields at the top of a message, unfolded (RFC 5322 section 2.2), in their order.
///
/// What a mail service needs of a message, read independently of the product's own parser, which is what is tested
/// against it.
package struct MessageHeaders: Sendable {
    package let fields: [(name: String, value: String)]
    /// Bytes before the empty line, line ends included.
    package let byteCount: Int

    package init(_ message: [UInt8]) {
        var fields: [(name: String, value: String)] = []
        var position = 0
        while position < message.count {
            let end = message[position...].firstIndex(of: UInt8(ascii: "\n")) ?? message.count
            var line = message[position..<end]
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            if line.isEmpty { break }
            let text = String(decoding: line, as: UTF8.self)
            if line.first == UInt8(ascii: " ") || line.first == UInt8(ascii: "\t") {
                // Unfolding takes out the line end only; the white space stays as it is.
                if !fields.isEmpty { fields[fields.count - 1].value += text }
            } else if let colon = text.firstIndex(of: ":") {
                fields.append((String(text[..<colon]), String(text[text.index(after: colon)...])))
            } else {
                break
            }
            position = end + 1
        }
        byteCount = min(position, message.count)
        self.fields = fields.map { (MailboxText.trimmed($0.name), MailboxText.trimmed($0.value)) }
    }

    /// The first field of that name, compared without case.
    package func first(_ name: String) -> String? { all(name).first }

    package func all(_ name: String) -> [String] {
        fields.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    }
}
