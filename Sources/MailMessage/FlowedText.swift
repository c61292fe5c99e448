/// The text/plain format `flowed` (RFC 3676).
enum FlowedText {
    /// The text with its paragraphs on one line each.
    ///
    /// - Parameter deletesSpace: `delsp=yes`, under which the space that marks a flowed line is not part of the text.
    static func unwrap(_ text: String, deletesSpace: Bool) -> String {
        var output: [UInt8] = []
        output.reserveCapacity(text.utf8.count)
        // The quote depth of the paragraph that is still open.
        var openDepth: Int?
        for (number, line) in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            let depth = line.prefix { $0 == UInt8(ascii: ">") }.count
            var content = line.dropFirst(depth)
            if content.first == 0x20 { content = content.dropFirst() }
            let isSignature = content.elementsEqual("-- ".utf8)
            let continues = openDepth == depth && !isSignature
            if !continues {
                if number > 0 { output.append(0x0A) }
                output.append(contentsOf: [UInt8](repeating: UInt8(ascii: ">"), count: depth))
                if depth > 0, !content.isEmpty { output.append(0x20) }
            }
            let isFlowed = content.last == 0x20 && !isSignature
            output.append(contentsOf: isFlowed && deletesSpace ? content.dropLast() : content)
            openDepth = isFlowed ? depth : nil
        }
        return String(decoding: output, as: UTF8.self)
    }
}
