/// Encoded words (RFC 2047, RFC 2231 section 5) in header values.
package enum EncodedWord {
    /// The text with every encoded word replaced by what it stands for.
    ///
    /// Blanks between two encoded words vanish. Neighbours in the same charset are joined before decoding, since
    /// products split characters between them. Words inside quotation marks, or joined to other text, count as well.
    package static func decode(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "=")) else { return text }
        let bytes = Array(text.utf8)
        var decoder = EncodedWordDecoder(bytes: bytes)
        return decoder.run()
    }
}

private struct EncodedWordDecoder {
    let bytes: [UInt8]
    // Where the last `?=` is: beyond it no word can end, so no search is made, which keeps the time linear.
    let lastEnd: Int
    var output = ""
    var plainStart = 0
    // The words decoded so far that may go on in the next one.
    var pendingCharset: String?
    var pendingBytes: [UInt8] = []

    private struct Word {
        var charset: String
        var bytes: [UInt8]
        var end: Int
    }

    init(bytes: [UInt8]) {
        self.bytes = bytes
        var end = bytes.count - 2
        while end >= 0, bytes[end] != UInt8(ascii: "?") || bytes[end + 1] != UInt8(ascii: "=") { end -= 1 }
        lastEnd = end
    }

    mutating func run() -> String {
        var index = 0
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "="), let word = word(at: index) else {
                index += 1
                continue
            }
            takePlain(upTo: index, isBeforeWord: true)
            if pendingCharset?.isASCIICaseInsensitively(word.charset) != true {
                flush()
                pendingCharset = word.charset
            }
            pendingBytes.append(contentsOf: word.bytes)
            index = word.end
            plainStart = index
        }
        takePlain(upTo: bytes.count, isBeforeWord: false)
        flush()
        return output
    }

    private mutating func takePlain(upTo end: Int, isBeforeWord: Bool) {
        let plain = bytes[plainStart..<end]
        if isBeforeWord, pendingCharset != nil, plain.allSatisfy({ $0.isBlank || $0.isLineEnd }) { return }
        if plain.isEmpty { return }
        flush()
        output += String(decoding: plain, as: UTF8.self)
    }

    private mutating func flush() {
        guard let charset = pendingCharset else { return }
        output += Charset.decode(pendingBytes, name: charset)
        pendingCharset = nil
        pendingBytes.removeAll(keepingCapacity: true)
    }

    /// The word that starts with the `=` at `start`.
    private func word(at start: Int) -> Word? {
        guard start + 2 <= lastEnd, bytes[start + 1] == UInt8(ascii: "?") else { return nil }
        var index = start + 2
        // Charset names end at 40 octets (RFC 2978); a language tag may follow.
        let limit = min(index + 80, lastEnd)
        while index < limit, bytes[index].isToken { index += 1 }
        guard index > start + 2, index + 2 <= lastEnd, bytes[index] == UInt8(ascii: "?"),
            bytes[index + 2] == UInt8(ascii: "?")
        else { return nil }
        let label = bytes[(start + 2)..<index].prefix { $0 != UInt8(ascii: "*") }
        let encoding = bytes[index + 1].lowercased
        guard encoding == UInt8(ascii: "b") || encoding == UInt8(ascii: "q") else { return nil }
        let textStart = index + 3
        var end = textStart
        while end <= lastEnd, bytes[end] != UInt8(ascii: "?") || bytes[end + 1] != UInt8(ascii: "=") { end += 1 }
        guard end <= lastEnd else { return nil }
        let charset = String(decoding: label, as: UTF8.self)
        let text = bytes[textStart..<end]
        let decoded = encoding == UInt8(ascii: "b") ? Base64.decode(text).bytes : Self.decodeQ(text)
        return Word(charset: charset, bytes: decoded, end: end + 2)
    }

    private static func decodeQ(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(text.count)
        var index = text.startIndex
        while index < text.endIndex {
            if text[index] == UInt8(ascii: "="), index + 2 < text.endIndex, let high = text[index + 1].hexValue,
                let low = text[index + 2].hexValue
            {
                decoded.append(high << 4 | low)
                index += 3
            } else {
                decoded.append(text[index] == UInt8(ascii: "_") ? 0x20 : text[index])
                index += 1
            }
        }
        return decoded
    }
}
