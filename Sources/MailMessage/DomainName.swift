/// Domain names as mail uses them: at least two labels, in lower-case ASCII.
enum DomainName {
    /// The A-label form of a domain (RFC 5890), from either form.
    ///
    /// Beyond ASCII the text is composed, lower-cased and its wide forms narrowed, which is the part of UTS #46 that
    /// people's keyboards make necessary; labels may hold letters, marks, digits and hyphens.
    static func ascii(_ text: String) throws(EmailAddressError) -> String {
        guard !text.isEmpty else { throw .emptyDomain }
        if text.utf8.first == UInt8(ascii: "[") { throw .addressLiteral }
        var labels: [[UInt8]]
        if LocalPart.isASCII(text.utf8) {
            labels = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
                .map { $0.map(\.lowercased) }
        } else {
            labels = []
            for label in prepared(text).split(separator: ".", omittingEmptySubsequences: false) {
                labels.append(try aLabel(label))
            }
        }
        for label in labels { try check(label) }
        // Development machines deliver to localhost; any other single label is a slip.
        guard labels.count > 1 || labels[0].elementsEqual("localhost".utf8) else { throw .domainWithoutDot(text) }
        if let last = labels.last, last.allSatisfy(\.isDigit) { throw .addressLiteral }
        let name = labels.joined(separator: [UInt8(ascii: ".")])
        let octets = labels.reduce(labels.count - 1) { $0 + $1.count }
        guard octets <= 253 else { throw .domainTooLong(octets: octets) }
        return String(decoding: Array(name), as: UTF8.self)
    }

    private static func prepared(_ text: String) -> Substring.UnicodeScalarView {
        var scalars = Substring.UnicodeScalarView()
        for scalar in NormalForm.composed(text).unicodeScalars {
            switch scalar.value {
            case 0x3002, 0xFF0E, 0xFF61:
                scalars.append(".")
            case 0xFF01...0xFF5E:
                // Full-width ASCII lies in the same order as ASCII itself.
                scalars.append(Unicode.Scalar(UInt8(truncatingIfNeeded: scalar.value - 0xFF01 + 0x21)))
            case 0xAD, 0x200B, 0x2060, 0xFEFF:
                continue
            default:
                scalars.append(scalar)
            }
        }
        return Substring(NormalForm.composed(String(scalars).lowercased())).unicodeScalars
    }

    private static func aLabel(_ label: Substring.UnicodeScalarView) throws(EmailAddressError) -> [UInt8] {
        if label.allSatisfy(\.isASCII) { return label.map { UInt8(truncatingIfNeeded: $0.value) } }
        for scalar in label where !isLabelScalar(scalar) { throw .invalidDomainLabel(String(label)) }
        guard let encoded = Punycode.encode(Array(label)) else { throw .invalidDomainLabel(String(label)) }
        return Array("xn--".utf8) + encoded
    }

    private static func isLabelScalar(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return true }
        switch scalar.properties.generalCategory {
        case .lowercaseLetter, .otherLetter, .modifierLetter, .nonspacingMark, .spacingMark, .decimalNumber:
            return true
        default:
            // The joiners and dots RFC 5892 appendix A admits in context, which is not checked here.
            return [0x200C, 0x200D, 0xB7, 0x30FB, 0x375, 0x5F3, 0x5F4].contains(scalar.value)
        }
    }

    private static func check(_ label: [UInt8]) throws(EmailAddressError) {
        let isSound =
            !label.isEmpty && label.count <= 63 && label.first != UInt8(ascii: "-")
            && label.last != UInt8(ascii: "-")
            && label.allSatisfy { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "-") }
        guard isSound, !label.starts(with: "xn--".utf8) || Punycode.decode(Array(label.dropFirst(4))) != nil
        else { throw .invalidDomainLabel(String(decoding: label, as: UTF8.self)) }
    }
}
