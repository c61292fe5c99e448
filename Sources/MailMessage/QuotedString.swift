/// Quoted strings (RFC 5322 section 3.2.4).
enum QuotedString {
    /// The content of the string whose opening mark is at `start`, and the index behind its closing mark; nil when it
    /// is never closed.
    static func read(_ bytes: [UInt8], from start: Int) -> (content: [UInt8], end: Int)? {
        var content: [UInt8] = []
        var index = start + 1
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\""):
                return (content, index + 1)
            case UInt8(ascii: "\\") where index + 1 < bytes.count:
                content.append(bytes[index + 1])
                index += 2
            default:
                content.append(bytes[index])
                index += 1
            }
        }
        return nil
    }
}
