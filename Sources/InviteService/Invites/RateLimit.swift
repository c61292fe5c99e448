import MailMessage

/// What requests for invitations are counted by, hour by hour.
package enum RateScope: Sendable, Hashable {
    case address(EmailAddress)
    case event(EventUID)
    /// The network a request came from.
    case source(String)

    /// The network of an IP address: an IPv4 address itself, of an IPv6 address its first 64 bits, since anyone who has
    /// one has all of them.
    package static func network(of ip: String) -> RateScope {
        guard ip.contains(":") else { return .source(ip) }
        let halves = ip.lowercased().split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        var groups = Array(halves.prefix(4))
        if let gap = groups.firstIndex(of: "") {
            // Two colons stand for as many zeros as are missing.
            let zeros = Array(repeating: "0", count: max(0, 8 - halves.count { !$0.isEmpty }))
            groups = Array((groups[..<gap] + zeros + halves[gap...].filter { !$0.isEmpty }).prefix(4))
        }
        return .source(groups.joined(separator: ":") + "::/64")
    }
}

/// Requests an hour.
package struct RateLimits: Sendable, Equatable {
    package var perAddress: Int
    package var perEvent: Int
    package var perSource: Int

    package init(perAddress: Int, perEvent: Int, perSource: Int) {
        self.perAddress = perAddress
        self.perEvent = perEvent
        self.perSource = perSource
    }
}
