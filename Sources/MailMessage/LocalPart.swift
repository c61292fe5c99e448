/// The part of an address before the `@`: which octets it may hold and how it is written.
enum LocalPart {
    static func isASCII(_ bytes: some Sequence<UInt8>) -> Bool { bytes.allSatisfy { $0 < 0x80 } }

    /// Checks the unquoted form, dot-atom of RFC 5322 section 3.2.3.
    static func checkDotAtom(_ bytes: ArraySlice<UInt8>) throws(EmailAddressError) {
        guard !bytes.isEmpty else { throw .emptyLocalPart }
        var previous = UInt8(ascii: ".")
        for byte in bytes {
            if byte == UInt8(ascii: ".") {
                if previous == byte { throw .misplacedDot }
            } else if !byte.isAtomText {
                throw .invalidCharacter(Unicode.Scalar(byte))
            }
            previous = byte
        }
        if previous == UInt8(ascii: ".") { throw .misplacedDot }
    }

    /// Checks what holds in any form: no controls, and beyond ASCII nothing that cannot be seen.
    static func checkCharacters(_ bytes: [UInt8]) throws(EmailAddressError) {
        if let control = bytes.first(where: \.isControl) { throw .invalidCharacter(Unicode.Scalar(control)) }
        if isASCII(bytes) { return }
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars where scalar.value >= 0x80 {
            switch scalar.properties.generalCategory {
            case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
                .spaceSeparator:
                throw .invalidCharacter(scalar)
            default:
                // The replacement character means that the octets were not UTF-8.
                if scalar.value == 0xFFFD { throw .invalidCharacter(scalar) }
            }
        }
    }

    /// The form in which it stands before an `@`: as it is when that is a dot-atom, otherwise quoted.
    static func written(_ bytes: [UInt8]) -> [UInt8] {
        if isDotAtom(bytes) { return bytes }
        var quoted: [UInt8] = [UInt8(ascii: "\"")]
        for byte in bytes {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { quoted.append(UInt8(ascii: "\\")) }
            quoted.append(byte)
        }
        quoted.append(UInt8(ascii: "\""))
        return quoted
    }

    private static func isDotAtom(_ bytes: [UInt8]) -> Bool {
        do throws(EmailAddressError) {
            try checkDotAtom(bytes[...])
            return true
        } catch {
            return false
        }
    }
}
