/// The text parts of a mail, encoded once for all the recipients who get the same.
///
/// Placeholders mark what differs from one recipient to the next, such as the link to unsubscribe. They are found while
/// encoding, so that filling them in costs no more than copying.
package struct PreparedBody: Sendable {
    enum Piece: Sendable {
        case encoded([UInt8])
        /// The replacement of this index.
        case replacement(Int)
    }

    struct Part: Sendable {
        /// Content-Type and Content-Transfer-Encoding with the empty line behind them.
        var header: [UInt8]
        var pieces: [Piece]
    }

    let parts: [Part]

    /// - Parameters:
    ///   - placeholders: texts that will be replaced wherever they stand, in either part, each by the replacement of
    ///     the same index of the mail. Give those for HTML names of their own, since their values need escaping.
    package init(plain: String, html: String? = nil, placeholders: [String] = []) {
        let marks = placeholders.map { Array($0.utf8) }
        var parts = [Self.part("plain", plain, marks)]
        if let html { parts.append(Self.part("html", html, marks)) }
        self.parts = parts
    }

    private static func part(_ subtype: StaticString, _ text: String, _ marks: [[UInt8]]) -> Part {
        var text = CanonicalText.lines(text)
        if !text.isEmpty, text.last != 0x0A { text.append(contentsOf: [0x0D, 0x0A]) }
        let cuts = cuts(text, marks)
        let is7Bit = cuts.isEmpty && CanonicalText.fits7Bit(text)
        var header = Array("Content-Type: text/\(subtype); charset=UTF-8\r\nContent-Transfer-Encoding: ".utf8)
        header.append(contentsOf: is7Bit ? "7bit\r\n\r\n".utf8 : "quoted-printable\r\n\r\n".utf8)
        if is7Bit { return Part(header: header, pieces: [.encoded(text)]) }

        var pieces: [Piece] = []
        var encoded: [UInt8] = []
        var column = 0
        var start = 0
        for cut in cuts {
            QuotedPrintable.append(Array(text[start..<cut.range.lowerBound]), to: &encoded, column: &column)
            // Replacements stand between soft line breaks: the text around them is the same whatever their length.
            if column > 0 { encoded.append(contentsOf: QuotedPrintable.softBreak) }
            column = 0
            pieces.append(.encoded(encoded))
            pieces.append(.replacement(cut.mark))
            encoded = QuotedPrintable.softBreak
            start = cut.range.upperBound
        }
        QuotedPrintable.append(Array(text[start...]), to: &encoded, column: &column)
        pieces.append(.encoded(encoded))
        return Part(header: header, pieces: pieces)
    }

    private static func cuts(_ text: [UInt8], _ marks: [[UInt8]]) -> [(range: Range<Int>, mark: Int)] {
        if marks.isEmpty { return [] }
        var cuts: [(range: Range<Int>, mark: Int)] = []
        var index = 0
        while index < text.count {
            if let mark = marks.firstIndex(where: { !$0.isEmpty && text[index...].starts(with: $0) }) {
                cuts.append((index..<(index + marks[mark].count), mark))
                index += marks[mark].count
            } else {
                index += 1
            }
        }
        return cuts
    }

    /// A replacement as it stands wherever its placeholder stood: between soft line breaks, so that it is the same in
    /// every place.
    static func encoded(_ replacement: String) -> [UInt8] {
        var encoded: [UInt8] = []
        encoded.reserveCapacity(replacement.utf8.count * 2)
        var column = 0
        QuotedPrintable.append(CanonicalText.lines(replacement), to: &encoded, column: &column)
        return encoded
    }

    /// Appends a part's body with the replacements, encoded, filled in.
    static func append(_ pieces: [Piece], replacements: [[UInt8]], to output: inout [UInt8]) {
        for piece in pieces {
            switch piece {
            case .encoded(let bytes):
                output.append(contentsOf: bytes)
            case .replacement(let index):
                if index < replacements.count { output.append(contentsOf: replacements[index]) }
            }
        }
    }
}
