/// Where a webhook's events are posted: an https URL with a host, without user or fragment.
package struct WebhookURL: Sendable, Hashable, CustomStringConvertible {
    package let description: String
    /// Lower case; an IPv6 address without its brackets.
    package let host: String
    package let port: Int

    package enum Failure: Error, Sendable, Equatable, CustomStringConvertible {
        case notHTTPS
        case unusable(String)

        package var description: String {
            switch self {
            case .notHTTPS: "it must begin with https://"
            case .unusable(let what): what
            }
        }
    }

    /// - Parameter allowsHTTP: for a receiver on the same machine, in tests and the local stack.
    package init(parsing text: String, allowsHTTP: Bool = false) throws(Failure) {
        var rest: Substring
        var port = 443
        if text.hasPrefix("https://") {
            rest = text.dropFirst(8)
        } else if allowsHTTP, text.hasPrefix("http://") {
            rest = text.dropFirst(7)
            port = 80
        } else {
            throw .notHTTPS
        }
        guard text.utf8.count <= 2000, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x5C }) else {
            throw .unusable("it must be at most 2000 printable ASCII characters, percent-encoded where needed")
        }
        guard !text.contains("#") else { throw .unusable("it must not have a fragment (#)") }
        rest = rest.prefix { $0 != "/" && $0 != "?" }
        guard !rest.contains("@") else { throw .unusable("it must not hold a user name or password") }
        var name: Substring
        var portText: Substring?
        if rest.hasPrefix("[") {
            guard let close = rest.firstIndex(of: "]") else { throw .unusable("its host is not an address") }
            name = rest[rest.index(after: rest.startIndex)..<close]
            let after = rest[rest.index(after: close)...]
            guard after.isEmpty || after.hasPrefix(":") else { throw .unusable("its host is not an address") }
            portText = after.isEmpty ? nil : after.dropFirst()
        } else {
            let parts = rest.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            name = parts[0]
            portText = parts.count > 1 ? parts[1] : nil
            let isName = name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."):
                    true
                default: false
                }
            }
            guard isName, !name.isEmpty, name.utf8.count <= 253 else { throw .unusable("its host is not a name") }
        }
        if let portText {
            guard let number = Int(portText), (1...65_535).contains(number) else {
                throw .unusable("its port is not a number from 1 to 65535")
            }
            port = number
        }
        description = text
        host = name.lowercased()
        self.port = port
    }
}
