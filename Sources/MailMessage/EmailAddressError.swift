/// Why a text is not an e-mail address that mail can be sent to.
package enum EmailAddressError: Error, Sendable, Equatable, CustomStringConvertible {
    case empty
    case missingAtSign
    case severalAtSigns
    case emptyLocalPart
    /// RFC 5321 section 4.5.3.1.1 allows 64 octets.
    case localPartTooLong(octets: Int)
    /// RFC 5321 section 4.5.3.1.3 allows 254 octets between the angle brackets.
    case addressTooLong(octets: Int)
    /// A character that cannot stand in the local part unless it is quoted.
    case invalidCharacter(Unicode.Scalar)
    /// A dot at either end of the local part or next to another dot.
    case misplacedDot
    case unclosedQuote
    case emptyDomain
    /// A single label, such as `intranet`, is not reachable from outside.
    case domainWithoutDot(String)
    /// `[192.0.2.1]` or a domain made of numbers only.
    case addressLiteral
    case invalidDomainLabel(String)
    case domainTooLong(octets: Int)

    package var description: String {
        switch self {
        case .empty: "the address is empty"
        case .missingAtSign: "the @ is missing"
        case .severalAtSigns: "there is more than one @"
        case .emptyLocalPart: "nothing stands before the @"
        case .localPartTooLong(let octets): "the part before the @ has \(octets) octets, 64 are allowed"
        case .addressTooLong(let octets): "the address has \(octets) octets, 254 are allowed"
        case .invalidCharacter(let scalar): "the character \(Self.name(scalar)) is not allowed before the @"
        case .misplacedDot: "a dot stands at an end of the part before the @ or next to another dot"
        case .unclosedQuote: "a quotation mark is not closed"
        case .emptyDomain: "nothing stands after the @"
        case .domainWithoutDot(let domain): "the domain \(domain) has no dot"
        case .addressLiteral: "the domain is a numeric address"
        case .invalidDomainLabel(let label): "\"\(label)\" cannot be part of a domain name"
        case .domainTooLong(let octets): "the domain has \(octets) octets, 253 are allowed"
        }
    }

    private static func name(_ scalar: Unicode.Scalar) -> String {
        let code = "U+" + String(repeating: "0", count: max(0, 4 - hex(scalar).count)) + hex(scalar)
        return scalar.value > 0x20 && scalar.value < 0x7F ? "\"\(scalar)\"" : code
    }

    private static func hex(_ scalar: Unicode.Scalar) -> String { String(scalar.value, radix: 16, uppercase: true) }
}
