/// File names as parameters of media types and dispositions.
enum FileName {
    /// `; name="…"`, or `; name*=UTF-8''…` (RFC 2231) when the name is not ASCII.
    static func parameter(_ name: StaticString, _ filename: String) -> [UInt8] {
        // A bound that no ordinary name reaches keeps the line under its limit after threefold growth.
        let text = HeaderText.sanitized(String(filename.unicodeScalars.prefix(64)))
        var output = Array("; ".utf8)
        name.withUTF8Buffer { output.append(contentsOf: $0) }
        if HeaderText.needsEncoding(text) {
            output.append(contentsOf: "*=UTF-8''".utf8)
            for byte in text {
                if byte.isLetter || byte.isDigit || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") {
                    output.append(byte)
                } else {
                    output.append(contentsOf: [UInt8(ascii: "%"), UInt8.hexDigit(byte >> 4), UInt8.hexDigit(byte)])
                }
            }
            return output
        }
        output.append(contentsOf: "=\"".utf8)
        for byte in text where byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") {
            output.append(byte)
        }
        output.append(UInt8(ascii: "\""))
        return output
    }
}
