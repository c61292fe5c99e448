/// Puts text on lines: blanks run together, at most one empty line in a row.
struct HTMLTextWriter {
    private var output: [UInt8] = []
    private var isBlankPending = false

    mutating func octet(_ byte: UInt8) {
        if byte.isBlank || byte.isLineEnd {
            isBlankPending = true
            return
        }
        if isBlankPending, let last = output.last, last != 0x0A { output.append(0x20) }
        isBlankPending = false
        output.append(byte)
    }

    mutating func text(_ text: String) {
        for byte in text.utf8 { octet(byte) }
    }

    mutating func lineBreak() {
        isBlankPending = false
        if !hasEmptyLine { output.append(0x0A) }
    }

    /// Ends the line unless it is empty.
    mutating func freshLine() {
        isBlankPending = false
        if let last = output.last, last != 0x0A { output.append(0x0A) }
    }

    mutating func paragraphBreak() {
        freshLine()
        if !output.isEmpty, !hasEmptyLine { output.append(0x0A) }
    }

    /// The octets written so far.
    var count: Int { output.count }

    /// Whether what was written from the position on is this text, blanks around it aside.
    func hasWritten(_ text: [UInt8], since start: Int) -> Bool {
        start >= output.count ? text.isEmpty : output[start...].trimmed.elementsEqual(text)
    }

    func result() -> String { String(decoding: output.trimmed, as: UTF8.self) }

    private var hasEmptyLine: Bool {
        output.count >= 2 && output[output.count - 1] == 0x0A && output[output.count - 2] == 0x0A
    }
}
