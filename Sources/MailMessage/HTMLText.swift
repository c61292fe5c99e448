/// Plain text from HTML, for people who read and programs that search; it makes no claim to look like the page.
package enum HTMLText {
    /// The text of the page: scripts, styles and comments dropped, paragraphs and list items on lines of their own,
    /// links followed by their address, entities resolved.
    package static func plain(_ html: String) -> String {
        var reader = HTMLTextReader(bytes: Array(html.utf8))
        return reader.run()
    }
}

private struct HTMLTextReader {
    let bytes: [UInt8]
    var index = 0
    var writer = HTMLTextWriter()
    /// The address of the open link, and where its text starts in the output.
    var link: (address: [UInt8], start: Int)?

    mutating func run() -> String {
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "<"):
                tag()
            case UInt8(ascii: "&"):
                let (text, end) = HTMLEntity.read(bytes, at: index)
                writer.text(text)
                index = end
            default:
                writer.octet(bytes[index])
                index += 1
            }
        }
        return writer.result()
    }

    private mutating func tag() {
        let rest = bytes[(index + 1)...]
        if rest.starts(with: "!--".utf8) {
            index = end(of: "-->", from: index + 4)
            return
        }
        guard let first = rest.first,
            first.isLetter || first == UInt8(ascii: "/") || first == UInt8(ascii: "!")
                || first == UInt8(ascii: "?")
        else {
            // A lone `<` in the text.
            writer.octet(bytes[index])
            index += 1
            return
        }
        let isClosing = first == UInt8(ascii: "/")
        let nameStart = index + (isClosing ? 2 : 1)
        var nameEnd = nameStart
        while nameEnd < bytes.count, bytes[nameEnd].isLetter || bytes[nameEnd].isDigit { nameEnd += 1 }
        let name = String(decoding: bytes[nameStart..<nameEnd].map(\.lowercased), as: UTF8.self)
        let tagEnd = endOfTag(from: nameEnd)
        let attributes = nameEnd..<max(nameEnd, tagEnd - 1)
        index = tagEnd
        switch name {
        case "script", "style", "title", "template":
            if !isClosing { skipElement(name) }
        case "br":
            writer.lineBreak()
        case "p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "table", "pre", "hr":
            writer.paragraphBreak()
        case "div", "tr", "dt", "dd", "section", "article", "header", "footer", "address":
            writer.freshLine()
        case "li":
            writer.freshLine()
            if !isClosing { writer.text("- ") }
        case "td", "th":
            writer.octet(0x20)
        case "a":
            isClosing ? closeLink() : openLink(attributes)
        default:
            break
        }
    }

    private mutating func openLink(_ attributes: Range<Int>) {
        closeLink()
        guard let address = HTMLAttribute.value("href", in: bytes[attributes]) else { return }
        let scheme = address.prefix(8).map(\.lowercased)
        guard scheme.starts(with: "http://".utf8) || scheme.starts(with: "https://".utf8) else { return }
        link = (address, writer.count)
    }

    private mutating func closeLink() {
        guard let link else { return }
        self.link = nil
        if writer.hasWritten(link.address, since: link.start) { return }
        let isBare = writer.hasWritten([], since: link.start)
        writer.text((isBare ? "<" : " <") + String(decoding: link.address, as: UTF8.self) + ">")
    }

    /// Moves behind the element's end; an element that never ends takes the rest, as browsers have it.
    private mutating func skipElement(_ name: String) {
        let closing = Array("</".utf8) + Array(name.utf8)
        while index < bytes.count {
            if bytes[index] == closing[0],
                bytes[index...].prefix(closing.count).elementsEqual(closing, by: { $0.lowercased == $1 })
            {
                index = endOfTag(from: index)
                return
            }
            index += 1
        }
    }

    private func end(of mark: StaticString, from start: Int) -> Int {
        let mark = Array(mark.description.utf8)
        var index = start
        while index < bytes.count {
            if bytes[index] == mark[0], bytes[index...].starts(with: mark) { return index + mark.count }
            index += 1
        }
        return bytes.count
    }

    /// The index behind the `>` of a tag, those in quoted attribute values not counting.
    private func endOfTag(from start: Int) -> Int {
        var quote: UInt8?
        var index = start
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: ">") {
                return index
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            }
        }
        return bytes.count
    }
}
