/// A boundary of an outgoing multipart.
///
/// It starts with `=_`, which neither base64 nor quoted-printable can produce (RFC 2045 section 6.7), and texts that
/// hold it are not sent as 7bit: no search through the parts is needed.
struct Boundary {
    private let text: [UInt8]

    init(seed: UInt64, level: UInt8) {
        var text = Array("=_".utf8)
        // A bijection that spreads neighbouring seeds (the finaliser of SplitMix64).
        var value = seed &+ 0x9E37_79B9_7F4A_7C15
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        value ^= value >> 31
        for shift in stride(from: 60, through: 0, by: -4) {
            text.append(UInt8.hexDigit(UInt8(truncatingIfNeeded: value >> UInt64(shift))))
        }
        text.append(UInt8(ascii: "."))
        text.append(UInt8(ascii: "0") + level)
        self.text = text
    }

    /// The Content-Type of the multipart, with the empty line behind it.
    func appendContentType(_ subtype: StaticString, to output: inout [UInt8]) {
        output.append(contentsOf: "Content-Type: multipart/".utf8)
        subtype.withUTF8Buffer { output.append(contentsOf: $0) }
        output.append(contentsOf: ";\r\n boundary=\"".utf8)
        output.append(contentsOf: text)
        output.append(contentsOf: "\"\r\n\r\n".utf8)
    }

    /// A delimiter line. The line end before it belongs to it, so the part before keeps its own.
    func appendDelimiter(to output: inout [UInt8]) {
        output.append(contentsOf: "\r\n--".utf8)
        output.append(contentsOf: text)
        output.append(contentsOf: "\r\n".utf8)
    }

    func appendEnd(to output: inout [UInt8]) {
        output.append(contentsOf: "\r\n--".utf8)
        output.append(contentsOf: text)
        output.append(contentsOf: "--\r\n".utf8)
    }
}
