/// Writes header fields, folded at 78 columns where there are blanks to fold at, and always before 998.
struct MailHeaderWriter {
    private(set) var bytes: [UInt8]

    private static let maximumColumn = 78
    private static let maximumLine = 998

    init(reserving capacity: Int) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    /// A field whose value needs no care: made here, without controls, shorter than a line.
    mutating func literal(_ field: StaticString) {
        field.withUTF8Buffer { bytes.append(contentsOf: $0) }
        endLine()
    }

    /// A structured field whose value is already encoded and free of controls.
    mutating func structured(_ name: StaticString, _ value: [UInt8]) {
        name.withUTF8Buffer { bytes.append(contentsOf: $0) }
        bytes.append(UInt8(ascii: ":"))
        fold(value, column: name.utf8CodeUnitCount + 1)
    }

    /// A field of free text, encoded when it is not plain ASCII (RFC 2047).
    mutating func unstructured(_ name: String, _ value: String) {
        let text = HeaderText.sanitized(value)
        let column = name.utf8.count + 1
        bytes.append(contentsOf: name.utf8)
        bytes.append(UInt8(ascii: ":"))
        // Lines with encoded words end at 76.
        fold(HeaderText.needsEncoding(text) ? EncodedWord.encode(text, firstWidth: 75 - column) : text, column: column)
    }

    /// A message identifier, brackets added where they are missing.
    mutating func identifier(_ name: StaticString, _ value: String) {
        let text = value.utf8.filter {
            $0 < 0x80 && ($0.isAtomText || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "@"))
        }
        structured(name, [UInt8(ascii: "<")] + text + [UInt8(ascii: ">")])
    }

    mutating func endLine() {
        bytes.append(0x0D)
        bytes.append(0x0A)
    }

    private mutating func fold(_ value: [UInt8], column start: Int) {
        var column = start
        var word = value.startIndex
        while word < value.endIndex {
            var end = word
            while end < value.endIndex, value[end] != 0x20 { end += 1 }
            let isFirst = column == start && word == value.startIndex
            if !isFirst, column + 1 + end - word > Self.maximumColumn {
                endLine()
                column = 0
            }
            bytes.append(0x20)
            column += 1
            // Nothing sensible is that long; cut, it is still a valid message.
            while column + end - word > Self.maximumLine {
                let part = Self.maximumLine - column
                bytes.append(contentsOf: value[word..<(word + part)])
                word += part
                endLine()
                bytes.append(0x20)
                column = 1
            }
            bytes.append(contentsOf: value[word..<end])
            column += end - word
            word = end + 1
        }
        endLine()
    }
}
