/// Character references of HTML: numbers, and the names that mail programs write.
enum HTMLEntity {
    // U+00A0 to U+00FF in order.
    private static let latinNames = """
        nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 \
        acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde \
        Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc \
        Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml \
        aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc \
        otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml
        """.split(separator: " ").map { Array($0.utf8) }

    private static let otherNames: [[UInt8]: UInt32] = [
        Array("quot".utf8): 0x22, Array("amp".utf8): 0x26, Array("lt".utf8): 0x3C, Array("gt".utf8): 0x3E,
        Array("apos".utf8): 0x27, Array("OElig".utf8): 0x152, Array("oelig".utf8): 0x153,
        Array("Scaron".utf8): 0x160, Array("scaron".utf8): 0x161, Array("Yuml".utf8): 0x178,
        Array("fnof".utf8): 0x192, Array("circ".utf8): 0x2C6, Array("tilde".utf8): 0x2DC,
        Array("ensp".utf8): 0x2002, Array("emsp".utf8): 0x2003, Array("thinsp".utf8): 0x2009,
        Array("zwnj".utf8): 0x200C, Array("zwj".utf8): 0x200D, Array("ndash".utf8): 0x2013,
        Array("mdash".utf8): 0x2014, Array("lsquo".utf8): 0x2018, Array("rsquo".utf8): 0x2019,
        Array("sbquo".utf8): 0x201A, Array("ldquo".utf8): 0x201C, Array("rdquo".utf8): 0x201D,
        Array("bdquo".utf8): 0x201E, Array("dagger".utf8): 0x2020, Array("Dagger".utf8): 0x2021,
        Array("bull".utf8): 0x2022, Array("hellip".utf8): 0x2026, Array("permil".utf8): 0x2030,
        Array("lsaquo".utf8): 0x2039, Array("rsaquo".utf8): 0x203A, Array("euro".utf8): 0x20AC,
        Array("trade".utf8): 0x2122, Array("larr".utf8): 0x2190, Array("uarr".utf8): 0x2191,
        Array("rarr".utf8): 0x2192, Array("darr".utf8): 0x2193, Array("harr".utf8): 0x2194,
        Array("minus".utf8): 0x2212, Array("infin".utf8): 0x221E, Array("ne".utf8): 0x2260,
        Array("le".utf8): 0x2264, Array("ge".utf8): 0x2265,
    ]

    /// Reads the reference whose `&` is at `start`; what is none stands for itself.
    static func read(_ bytes: [UInt8], at start: Int) -> (text: String, end: Int) {
        // The longest name known here has eight letters.
        let rest = bytes[(start + 1)...].prefix(12)
        guard let semicolon = rest.firstIndex(of: UInt8(ascii: ";")) else { return ("&", start + 1) }
        let name = Array(rest[..<semicolon])
        guard let code = code(name) else { return ("&", start + 1) }
        // The no-break space and the soft hyphen are there for line breaking, which is not done here.
        if code == 0xA0 { return (" ", semicolon + 1) }
        if code == 0xAD { return ("", semicolon + 1) }
        guard let scalar = Unicode.Scalar(code), scalar.properties.generalCategory != .control || code == 0x0A
        else { return ("", semicolon + 1) }
        return (String(scalar), semicolon + 1)
    }

    private static func code(_ name: [UInt8]) -> UInt32? {
        if name.first == UInt8(ascii: "#") {
            let isHex = name.dropFirst().first?.lowercased == UInt8(ascii: "x")
            let digits = String(decoding: name.dropFirst(isHex ? 2 : 1), as: UTF8.self)
            guard let code = UInt32(digits, radix: isHex ? 16 : 10) else { return nil }
            // Numbers of C1 controls are windows-1252 in all that is written.
            return code >= 0x80 && code < 0xA0 ? UInt32(CharsetTable.windows1252[Int(code) - 0x80]) : code
        }
        if let index = latinNames.firstIndex(of: name) { return 0xA0 + UInt32(index) }
        return otherNames[name]
    }
}
