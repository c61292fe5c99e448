/// Puts together what a client broke into lines without folding it: a text that goes on in the next line, and a quoted
/// parameter with a line break in it.
struct LineBreakRepair {
    /// Properties with text that people write; their lines follow each other directly.
    private static let texts: Set<String> = ["SUMMARY", "DESCRIPTION", "LOCATION", "COMMENT", "X-ALT-DESC"]
    /// More breaks than this in one quoted parameter are not looked for, so that the work stays in proportion.
    private static let mostBreaks = 8

    /// The text the next line may belong to.
    private var text: String?
    /// Lines up to here whose quotation mark is not closed yet.
    private var open: (bytes: [UInt8], number: Int, breaks: Int)?

    mutating func note(_ outcome: ContentLineParser.Outcome) {
        switch outcome {
        case .property(let property): (text, open) = (Self.texts.contains(property.name) ? property.name : nil, nil)
        case .begin, .end: (text, open) = (nil, nil)
        case .bad, .joined: break
        }
    }

    /// What a line that is none turns out to be together with those before it.
    mutating func joined(
        _ line: UnsafeBufferPointer<UInt8>, number: Int, _ outcome: ContentLineParser.Outcome,
        _ parser: inout ContentLineParser, _ tree: inout ComponentTree
    ) -> ContentLineParser.Outcome {
        if let text {
            return tree.extendText(by: parser.decoder.decode(line)) ? .joined(text) : outcome
        }
        guard let known = open else {
            if Self.leavesQuoteOpen(line) { open = (Array(line), number, 0) }
            return outcome
        }
        // The break is a space then: no parameter can hold one that is written as it is.
        let bytes = known.bytes + [0x20] + line
        let whole = bytes.withUnsafeBufferPointer { parser.parse($0, number: known.number) }
        if case .property = whole { return whole }
        open = known.breaks < Self.mostBreaks ? (bytes, known.number, known.breaks + 1) : nil
        return outcome
    }

    private static func leavesQuoteOpen(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        !line.count { $0 == UInt8(ascii: "\"") }.isMultiple(of: 2)
    }
}
