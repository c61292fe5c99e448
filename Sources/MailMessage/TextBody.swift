extension ParsedMail {
    /// What a person reads: the first plain text, its flowed lines joined (RFC 3676), or else the HTML as text; nil
    /// when the message holds neither. Line ends are single line feeds.
    package var textBody: String? {
        let leaves = root.leaves.map(\.part).filter { !$0.isAttachment && $0.contentType.type == "text" }
        let plain = leaves.first { $0.contentType.subtype == "plain" }
        let html = leaves.first { $0.contentType.subtype == "html" }
        if let plain {
            let text = Self.plainText(plain)
            if html == nil || text.utf8.contains(where: { !$0.isBlank && !$0.isLineEnd }) { return text }
        }
        return html.map { HTMLText.plain($0.text) }
    }

    private static func plainText(_ part: MIMEPart) -> String {
        let text = LineEnds.unified(part.text)
        guard part.contentType.parameters["format"]?.isASCIICaseInsensitively("flowed") == true else { return text }
        let deletesSpace = part.contentType.parameters["delsp"]?.isASCIICaseInsensitively("yes") == true
        return FlowedText.unwrap(text, deletesSpace: deletesSpace)
    }
}

enum LineEnds {
    /// The text with every CRLF and bare CR turned into LF.
    static func unified(_ text: String) -> String {
        guard text.utf8.contains(0x0D) else { return text }
        var output: [UInt8] = []
        output.reserveCapacity(text.utf8.count)
        var previous: UInt8 = 0
        for byte in text.utf8 {
            if byte == 0x0D {
                output.append(0x0A)
            } else if byte != 0x0A || previous != 0x0D {
                output.append(byte)
            }
            previous = byte
        }
        return String(decoding: output, as: UTF8.self)
    }
}
