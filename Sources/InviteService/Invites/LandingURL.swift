/// Where a browser is sent after it asked for an invitation: an https URL at a host of the deployment's list, so that
/// no link to this server leads anywhere else.
package struct LandingURL: Sendable, Equatable, CustomStringConvertible {
    package let description: String

    /// nil for anything but an absolute https URL (RFC 3986) at an allowed host. What browsers and RFC 3986 read
    /// differently, such as a backslash or user information, is refused.
    package init?(_ text: String, allowed hosts: LandingHosts) {
        let bytes = Array(text.utf8)
        guard bytes.count <= 2000, text.lowercased().hasPrefix("https://"), bytes.allSatisfy(Self.isURLByte) else {
            return nil
        }
        let authority = bytes.dropFirst(8).prefix {
            ![UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#")].contains($0)
        }
        guard !authority.contains(UInt8(ascii: "@")) else { return nil }
        let parts = authority.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard let host = parts.first, parts.count <= 2,
            parts.dropFirst().allSatisfy({ port in
                (1...5).contains(port.count) && port.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
            }),
            hosts.allow(String(decoding: host, as: UTF8.self).lowercased())
        else { return nil }
        description = text
    }

    /// Printable ASCII without what RFC 3986 keeps out of URLs.
    private static func isURLByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\"), UInt8(ascii: "^"),
            UInt8(ascii: "`"), UInt8(ascii: "{"), UInt8(ascii: "|"), UInt8(ascii: "}"):
            false
        default: byte > 0x20 && byte < 0x7F
        }
    }
}

/// The hosts a landing page may be at: `example.com`, or `*.example.com` for those below it.
package struct LandingHosts: Sendable, Equatable {
    private var exact: Set<String> = []
    private var parents: [String] = []

    /// - Parameter list: set apart by commas or blanks.
    package init(_ list: String) {
        for entry in list.lowercased().split(whereSeparator: { $0 == "," || $0 == " " }) {
            if entry.hasPrefix("*.") {
                parents.append(String(entry.dropFirst()))
            } else {
                exact.insert(String(entry))
            }
        }
    }

    /// - Parameter host: in lower case.
    func allow(_ host: String) -> Bool {
        exact.contains(host) || parents.contains { host.hasSuffix($0) && host.utf8.count > $0.utf8.count }
    }
}
