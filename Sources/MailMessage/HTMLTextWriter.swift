/// Puts text on lines: blanks run together, at most one empty line in a row.
struct HTMLTextWriter {
    private(set) var output: [UInt8] = []
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

    func result() -> String { String(decoding: output.trimmed, as: UTF8.self) }

    private var hasEmptyLine: Bool {
        output.count >= 2 && output[output.count - 1] == 0x0A && output[output.count - 2] == 0x0A
    }
}
