/// Text on its way into a header field.
enum HeaderText {
    /// The text in UTF-8 without control characters; a run of blanks and line ends becomes one space, so that nothing
    /// in it can start another line.
    static func sanitized(_ text: String) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(text.utf8.count)
        var isBlankPending = false
        for byte in text.utf8 {
            if byte.isBlank || byte.isLineEnd {
                isBlankPending = !output.isEmpty
            } else if !byte.isControl {
                if isBlankPending { output.append(0x20) }
                isBlankPending = false
                output.append(byte)
            }
        }
        return output
    }

    /// Whether it must stand in encoded words: beyond ASCII, or it would be taken for an encoded word itself.
    static func needsEncoding(_ bytes: [UInt8]) -> Bool {
        var previous: UInt8 = 0
        var mayHoldWord = false
        for byte in bytes {
            if byte >= 0x80 { return true }
            if byte == UInt8(ascii: "?"), previous == UInt8(ascii: "=") { mayHoldWord = true }
            previous = byte
        }
        if !mayHoldWord { return false }
        let text = String(decoding: bytes, as: UTF8.self)
        return EncodedWord.decode(text) != text
    }
}
