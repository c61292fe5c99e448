/// The form that nearly all addresses have: ASCII, unquoted, without A-labels. It is checked in one pass over the
/// octets, since lists have millions; whatever is not of this form goes the long way, which also knows what is wrong.
enum PlainAddress {
    /// The parts of the address, or nil when it is of another form or is no address.
    static func read(_ text: String) -> (local: String, domain: String, normalized: String)? {
        let parts = text.utf8.withContiguousStorageIfAvailable { bytes -> (at: Int, hasCapitals: Bool)? in
            guard bytes.count <= 254, let at = localEnd(bytes), let hasCapitals = checkDomain(bytes, from: at + 1)
            else { return nil }
            return (at, hasCapitals || bytes[..<at].contains { $0 >= 0x41 && $0 <= 0x5A })
        }
        guard case (let at, let hasCapitals)?? = parts else { return nil }
        let split = text.utf8.index(text.startIndex, offsetBy: at)
        let local = String(text[..<split])
        let domain = text[text.utf8.index(after: split)...]
        guard hasCapitals else { return (local, String(domain), text) }
        return (local, String(domain).asciiLowercased, text.asciiLowercased)
    }

    /// The index of the `@`, if what stands before it is a dot-atom of at most 64 octets.
    private static func localEnd(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        var previous = UInt8(ascii: ".")
        for index in 0..<min(bytes.count, 65) {
            let byte = bytes[index]
            if byte == UInt8(ascii: "@") { return previous == UInt8(ascii: ".") ? nil : index }
            if byte == UInt8(ascii: ".") {
                if previous == byte { return nil }
            } else if byte >= 0x80 || !byte.isAtomText {
                return nil
            }
            previous = byte
        }
        return nil
    }

    /// Whether the domain has capital letters; nil when it is not of the plain form.
    private static func checkDomain(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Bool? {
        var hasCapitals = false
        var labelStart = start
        var labels = 0
        var hasLetter = false
        for index in start...bytes.count {
            if index == bytes.count || bytes[index] == UInt8(ascii: ".") {
                let length = index - labelStart
                guard length > 0, length <= 63, bytes[index - 1] != UInt8(ascii: "-"),
                    bytes[labelStart] != UInt8(ascii: "-"), !isALabel(bytes, labelStart, length)
                else { return nil }
                labels += 1
                if index < bytes.count { hasLetter = false }
                labelStart = index + 1
                continue
            }
            let byte = bytes[index]
            if byte.isLetter {
                hasLetter = true
                if byte <= 0x5A { hasCapitals = true }
            } else if byte == UInt8(ascii: "-") {
                hasLetter = true
            } else if !byte.isDigit {
                return nil
            }
        }
        return labels > 1 && hasLetter ? hasCapitals : nil
    }

    private static func isALabel(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ length: Int) -> Bool {
        length > 4 && bytes[start].lowercased == UInt8(ascii: "x") && bytes[start + 2] == UInt8(ascii: "-")
    }
}
