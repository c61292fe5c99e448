/// An address with the name shown for it (RFC 5322 section 3.4).
package struct Mailbox: Sendable, Hashable {
    package var name: String?
    package var address: EmailAddress

    package init(name: String? = nil, address: EmailAddress) {
        self.name = name
        self.address = address
    }

    /// The unfolded value for a header field: the name bare, quoted or in encoded words (RFC 2047) as it needs, without
    /// control characters.
    package func header() -> String {
        String(decoding: headerBytes(), as: UTF8.self)
    }

    func headerBytes() -> [UInt8] {
        let name = HeaderText.sanitized(name ?? "")
        if name.isEmpty { return Array(address.description.utf8) }
        var value: [UInt8]
        if HeaderText.needsEncoding(name) {
            value = EncodedWord.encode(name, firstWidth: 60)
        } else if name.allSatisfy({ $0.isAtomText || $0 == 0x20 }) {
            value = name
        } else {
            value = [UInt8(ascii: "\"")]
            for byte in name {
                if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { value.append(UInt8(ascii: "\\")) }
                value.append(byte)
            }
            value.append(UInt8(ascii: "\""))
        }
        value.append(contentsOf: " <".utf8)
        value.append(contentsOf: address.description.utf8)
        value.append(UInt8(ascii: ">"))
        return value
    }
}
