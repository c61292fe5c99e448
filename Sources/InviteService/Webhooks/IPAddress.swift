/// An address a host name stands for: 4 bytes (IPv4) or 16 (IPv6), as on the wire.
package struct IPAddress: Sendable, Hashable {
    package let bytes: [UInt8]

    /// nil for any other number of bytes.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// Whether it is a host on the public Internet: neither private, shared, loopback, link-local, multicast nor
    /// reserved (IANA special-purpose address registries, RFC 6890), nor one of these wrapped into IPv6.
    package var isPublic: Bool { bytes.count == 4 ? Self.isPublic4(bytes[...]) : isPublic6 }

    package var isLoopback: Bool {
        bytes.count == 4 ? bytes[0] == 127 : bytes.dropLast().allSatisfy { $0 == 0 } && bytes[15] == 1
    }

    /// As it is written in a URL, an IPv6 address in brackets.
    package var text: String {
        if bytes.count == 4 { return bytes.map(String.init).joined(separator: ".") }
        let groups = stride(from: 0, to: 16, by: 2).map {
            String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16)
        }
        return "[" + groups.joined(separator: ":") + "]"
    }

    private static func isPublic4(_ bytes: ArraySlice<UInt8>) -> Bool {
        let b = Array(bytes)
        switch (b[0], b[1], b[2]) {
        case (0, _, _), (10, _, _), (127, _, _), (224..., _, _): return false
        case (100, 64...127, _), (169, 254, _), (172, 16...31, _), (192, 168, _), (198, 18...19, _): return false
        case (192, 0, 0), (192, 0, 2), (192, 88, 99), (198, 51, 100), (203, 0, 113): return false
        default: return true
        }
    }

    private var isPublic6: Bool {
        // ::ffff:a.b.c.d and the NAT64 prefix 64:ff9b::/96 stand for an IPv4 host.
        let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
        let translated: [UInt8] = [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]
        if bytes.starts(with: mapped) || bytes.starts(with: translated) { return Self.isPublic4(bytes[12...]) }
        // Everything that is assigned to hosts lies in 2000::/3.
        guard bytes[0] & 0xE0 == 0x20 else { return false }
        switch (bytes[0], bytes[1], bytes[2], bytes[3]) {
        case (0x20, 0x01, 0...1, _): return false  // 2001::/23: Teredo and other protocols
        case (0x20, 0x01, 0x0D, 0xB8): return false  // documentation
        case (0x20, 0x02, _, _): return Self.isPublic4(bytes[2..<6])  // 6to4
        case (0x3F, 0xFF, 0...0x0F, _): return false  // documentation
        default: return true
        }
    }
}
