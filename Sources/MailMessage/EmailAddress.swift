/// An addr-spec that mail can be sent to (RFC 5321 section 4.1.2, RFC 6531), checked once where it enters the system.
///
/// Two addresses are equal when `normalized` is: upper and lower case are the same mailbox, dots and plus tags are not
/// touched. What was written is kept in `local`, since a server may still tell cases apart.
package struct EmailAddress: Sendable, CustomStringConvertible {
    /// The part before the `@` as it was given, without quoting; 1 to 64 octets.
    package let local: String
    /// Lower-case ASCII; labels in other scripts as A-labels (RFC 5890), at most 253 octets.
    package let domain: String
    /// The key for comparing, de-duplicating and storing: the written form in lower case.
    package let normalized: String

    /// Reads an address, allowing white space around it.
    package init(parsing text: String) throws(EmailAddressError) {
        if let plain = PlainAddress.read(text) {
            self.init(plain)
            return
        }
        let bytes = Array(Self.trim(text).utf8)
        guard !bytes.isEmpty else { throw .empty }
        if bytes[0] == UInt8(ascii: "\"") {
            let (local, end) = try Self.quotedLocal(bytes)
            guard end < bytes.count, bytes[end] == UInt8(ascii: "@") else { throw .missingAtSign }
            try self.init(unquotedLocal: local, domain: String(decoding: bytes[(end + 1)...], as: UTF8.self))
            return
        }
        guard let at = bytes.firstIndex(of: UInt8(ascii: "@")) else { throw .missingAtSign }
        if bytes[(at + 1)...].contains(UInt8(ascii: "@")) { throw .severalAtSigns }
        let local = bytes[..<at]
        try LocalPart.checkDotAtom(local)
        try self.init(unquotedLocal: Array(local), domain: String(decoding: bytes[(at + 1)...], as: UTF8.self))
    }

    /// As `init(parsing:)`, without the reason.
    package init?(_ text: String) {
        guard let address = try? EmailAddress(parsing: text) else { return nil }
        self = address
    }

    /// Reads a `mailto:` URI (RFC 6068), as the ATTENDEE and ORGANIZER of a calendar hold it; what follows a `?` is
    /// dropped. A bare address is taken too, since some products leave the scheme out.
    package init?(mailto uri: String) {
        var bytes = uri.utf8.trimmed[...]
        if bytes.prefix(7).elementsEqual("mailto:".utf8, by: { $0.lowercased == $1 }) {
            bytes = bytes.dropFirst(7)
            if let query = bytes.firstIndex(of: UInt8(ascii: "?")) { bytes = bytes[..<query] }
            self.init(String(decoding: PercentEncoding.decode(bytes), as: UTF8.self))
        } else {
            self.init(uri)
        }
    }

    private init(_ plain: (local: String, domain: String, normalized: String)) {
        (local, domain, normalized) = plain
    }

    /// Checks a local part whose quoting has been taken off already, together with its domain.
    init(unquotedLocal bytes: [UInt8], domain text: String) throws(EmailAddressError) {
        guard !bytes.isEmpty else { throw .emptyLocalPart }
        guard bytes.count <= 64 else { throw .localPartTooLong(octets: bytes.count) }
        try LocalPart.checkCharacters(bytes)
        domain = try DomainName.ascii(text)
        local = String(decoding: bytes, as: UTF8.self)
        let written = LocalPart.written(bytes)
        let octets = written.count + 1 + domain.utf8.count
        guard octets <= 254 else { throw .addressTooLong(octets: octets) }
        let key =
            LocalPart.isASCII(written)
            ? String(decoding: written.map(\.lowercased), as: UTF8.self)
            : NormalForm.composed(NormalForm.composed(String(decoding: written, as: UTF8.self)).lowercased())
        normalized = key + "@" + domain
    }

    /// The address as it stands in a header or an SMTP command, quoted where that is needed.
    package var description: String {
        String(decoding: LocalPart.written(Array(local.utf8)), as: UTF8.self) + "@" + domain
    }

    /// Whether only a server with SMTPUTF8 (RFC 6531) can take it; Amazon SES cannot.
    package var needsSMTPUTF8: Bool { !LocalPart.isASCII(local.utf8) }

    private static func trim(_ text: String) -> String {
        // Spreadsheets and web pages leave no-break spaces, byte order marks and direction marks at the ends.
        func isEmptiness(_ scalar: Unicode.Scalar) -> Bool {
            scalar.properties.isWhitespace || scalar.properties.generalCategory == .format
        }
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !isEmptiness($0) }),
            let last = scalars.lastIndex(where: { !isEmptiness($0) })
        else { return "" }
        return String(scalars[first...last])
    }

    private static func quotedLocal(_ bytes: [UInt8]) throws(EmailAddressError) -> ([UInt8], end: Int) {
        var local: [UInt8] = []
        var index = 1
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\""):
                return (local, index + 1)
            case UInt8(ascii: "\\") where index + 1 < bytes.count:
                local.append(bytes[index + 1])
                index += 2
            default:
                local.append(bytes[index])
                index += 1
            }
        }
        throw .unclosedQuote
    }
}

extension EmailAddress: Hashable, Comparable {
    package static func == (left: EmailAddress, right: EmailAddress) -> Bool { left.normalized == right.normalized }
    package static func < (left: EmailAddress, right: EmailAddress) -> Bool { left.normalized < right.normalized }
    package func hash(into hasher: inout Hasher) { hasher.combine(normalized) }
}
