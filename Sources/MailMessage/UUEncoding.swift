/// The uuencode format, as the unregistered encoding `x-uuencode` of older mail programs.
enum UUEncoding {
    /// The octets of the first `begin` … `end` block; empty when there is none.
    static func decode(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var decoded: [UInt8] = []
        var hasBegun = false
        for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: true) {
            let line = line.last == 0x0D ? line.dropLast() : line
            guard hasBegun else {
                hasBegun = line.starts(with: "begin ".utf8)
                continue
            }
            if line.elementsEqual("end".utf8) { break }
            guard let first = line.first else { continue }
            let count = Int(value(first))
            let digits = line.dropFirst().map(value)
            var octets: [UInt8] = []
            for start in stride(from: 0, to: digits.count, by: 4) {
                let group = (0..<4).map { start + $0 < digits.count ? digits[start + $0] : 0 }
                octets.append(group[0] << 2 | group[1] >> 4)
                octets.append(group[1] << 4 | group[2] >> 2)
                octets.append(group[2] << 6 | group[3])
            }
            decoded.append(contentsOf: octets.prefix(count))
        }
        return decoded
    }

    private static func value(_ byte: UInt8) -> UInt8 { (byte &- 0x20) & 63 }
}
