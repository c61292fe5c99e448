/// Who an ORGANIZER or ATTENDEE is (RFC 5545 section 3.3.3).
package struct CalendarUser: Sendable, Equatable {
    /// As received.
    package var uri: String
    /// What two users are compared by: the URI in lower case, without `mailto:` and percent encoding.
    package var address: String
    /// The address if it is one of e-mail, otherwise the EMAIL parameter (RFC 7986 section 6.2), in lower case.
    package var email: String?
    package var commonName: String?
    /// The address, as in `address`, of who acts for this user.
    package var sentBy: String?

    package init(_ property: Property) {
        uri = property.value
        address = Self.address(of: property.value)
        // A colon makes it another URI, such as `https://jo@example.org/`.
        if address.utf8.contains(UInt8(ascii: "@")), !address.utf8.contains(UInt8(ascii: ":")) {
            email = address
        } else if let parameter = property.parameter("EMAIL").map(Self.address), !parameter.isEmpty {
            email = parameter
        }
        // A name with a comma needs quotation marks, which some clients forget; it then looks like a list.
        commonName = property.parameters.first { $0.isNamed("CN") }?.values.joined(separator: ",")
        sentBy = property.parameter("SENT-BY").map(Self.address)
    }

    /// An address as it is compared.
    package static func address(of uri: String) -> String {
        var bytes = Array(uri.utf8).drop { $0 <= 0x20 }
        while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
        let scheme = Array("mailto:".utf8)
        var isMailto = false
        while bytes.count >= scheme.count, zip(bytes, scheme).allSatisfy({ $0.asciiLowercased == $1 }) {
            bytes = bytes.dropFirst(scheme.count).drop { $0 <= 0x20 }
            isMailto = true
        }
        // What a link would put into the mail's header (RFC 6068) is no part of the address.
        if isMailto, let query = bytes.firstIndex(of: UInt8(ascii: "?")) { bytes = bytes[..<query] }
        // `Bob <bob@example.org>` is vCalendar 1.0's form.
        if bytes.last == UInt8(ascii: ">"), let open = bytes.lastIndex(of: UInt8(ascii: "<")) {
            bytes = bytes[(open + 1)...].dropLast()
        }
        return String(decoding: percentDecoded(bytes).map(\.asciiLowercased), as: UTF8.self)
    }

    private static func percentDecoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        guard bytes.contains(UInt8(ascii: "%")) else { return Array(bytes) }
        var result: [UInt8] = []
        var rest = bytes
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16), value >= 0x20
            {
                result.append(value)
                rest.removeFirst(2)
            } else {
                result.append(byte)
            }
        }
        return result
    }
}
