/// A mail inside another. `message/rfc822` must not be encoded (RFC 2046 section 5.2.1), so only a mail that is 7-bit as it
/// stands is one; any other goes as a file.
enum OriginalMessage {
    private static let filename = "original.eml"

    static func append(_ message: [UInt8], to output: inout [UInt8]) {
        guard isSevenBit(message) else {
            OutgoingMail.appendFile(
                "application/octet-stream", filename, Base64.encode(message, inLines: true), to: &output)
            return
        }
        output.append(contentsOf: "Content-Type: message/rfc822\r\n".utf8)
        output.append(contentsOf: "Content-Disposition: attachment; filename=\(filename)\r\n\r\n".utf8)
        output.append(contentsOf: message)
    }

    /// Lines of at most 998 octets that end with CRLF, no octet above 127, and no line that could be one of our own
    /// boundaries.
    private static func isSevenBit(_ message: [UInt8]) -> Bool {
        var start = 0
        for (index, byte) in message.enumerated() {
            if byte >= 0x80 || byte == 0 { return false }
            if byte == UInt8(ascii: "\r"), index + 1 == message.count || message[index + 1] != UInt8(ascii: "\n") {
                return false
            }
            guard byte == UInt8(ascii: "\n") else { continue }
            guard index > start, message[index - 1] == UInt8(ascii: "\r") else { return false }
            if !isLine(message[start..<(index - 1)]) { return false }
            start = index + 1
        }
        return isLine(message[start...])
    }

    private static func isLine(_ line: ArraySlice<UInt8>) -> Bool {
        line.count <= 998 && !line.starts(with: "--=_".utf8)
    }
}
