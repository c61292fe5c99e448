import MailMessage

/// Domains whose mailboxes are thrown away after use, as the owner of the server keeps them: one a line, with comments
/// behind `#`. What lies below a domain belongs to it.
package struct DisposableDomains: Sendable, Equatable {
    private let domains: Set<String>

    package init(_ text: [UInt8]) {
        var domains: Set<String> = []
        for line in text.split(whereSeparator: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) {
            let written = String(decoding: line.prefix { $0 != UInt8(ascii: "#") }, as: UTF8.self)
            let name = written.filter { !$0.isWhitespace }.lowercased()
            // Written as in an address, so that it compares with one; international names too.
            if let address = EmailAddress("x@" + name.drop { $0 == "@" || $0 == "." }) {
                domains.insert(address.domain)
            }
        }
        self.domains = domains
    }

    package var isEmpty: Bool { domains.isEmpty }

    package func contain(_ address: EmailAddress) -> Bool {
        var name = address.domain[...]
        while true {
            if domains.contains(String(name)) { return true }
            guard let dot = name.firstIndex(of: ".") else { return false }
            name = name[name.index(after: dot)...]
        }
    }
}
