/// Where an event takes place online: CONFERENCE (RFC 7986 section 5.11), what Google and Microsoft write instead, or a
/// link to one of the usual services where people put one: URL, LOCATION and DESCRIPTION.
package struct Conference: Sendable, Equatable {
    /// As received.
    package var uri: String
    package var label: String?
    /// In upper case: AUDIO, CHAT, VIDEO, PHONE …
    package var features: [String]

    package init(uri: String, label: String? = nil, features: [String] = []) {
        (self.uri, self.label, self.features) = (uri, label, features)
    }

    /// In order of how expressly they are named, each address once.
    static func all(in event: Component) -> [Conference] {
        var found: [Conference] = []
        func add(_ conference: Conference) {
            if !found.contains(where: { $0.uri == conference.uri }) { found.append(conference) }
        }
        for property in event.all("CONFERENCE") where !trimmed(property.value).isEmpty {
            let features = property.parameters.first { $0.isNamed("FEATURE") }?.values ?? []
            add(
                Conference(
                    uri: trimmed(property.value), label: property.parameter("LABEL"),
                    features: features.map(\.asciiUppercased)))
        }
        for name in vendorProperties {
            for property in event.all(name) where isWebAddress(trimmed(property.value)) {
                add(Conference(uri: trimmed(property.value)))
            }
        }
        if found.isEmpty {
            for name in ["URL", "LOCATION", "DESCRIPTION"] {
                for property in event.all(name) {
                    for link in meetingLinks(in: property.text) { add(Conference(uri: link)) }
                }
            }
        }
        return found
    }

    package static let vendorProperties = [
        "X-GOOGLE-CONFERENCE", "X-GOOGLE-HANGOUT", "X-MICROSOFT-SKYPETEAMSMEETINGURL",
        "X-MICROSOFT-ONLINEMEETINGEXTERNALLINK",
    ]

    /// Hosts, or ends of hosts after a dot, with how the path of a meeting begins.
    private static let services: [(host: String, path: String)] = [
        ("meet.google.com", "/"), ("teams.microsoft.com", "/l/meetup-join/"), ("teams.microsoft.com", "/meet/"),
        ("teams.live.com", "/meet/"), ("zoom.us", "/j/"), ("zoom.us", "/my/"), ("zoom.us", "/w/"),
        ("zoomgov.com", "/j/"), ("webex.com", "/"), ("meet.jit.si", "/"), ("whereby.com", "/"), ("gotomeet.me", "/"),
        ("meet.goto.com", "/"), ("join.skype.com", "/"), ("meet.lync.com", "/"), ("facetime.apple.com", "/join"),
    ]

    private static func isWebAddress(_ text: String) -> Bool {
        let start = text.utf8.prefix(8).map(\.asciiLowercased)
        return start.starts(with: "https://".utf8) || start.starts(with: "http://".utf8)
    }

    /// Looks at each octet a bounded number of times, however many links there are.
    private static func meetingLinks(in text: String) -> [String] {
        var links: [String] = []
        for word in text.split(whereSeparator: { $0.isWhitespace || "<>\"'()[]".contains($0) }) {
            guard word.utf8.count <= 2000, isWebAddress(String(word)) else { continue }
            let rest = word.utf8.drop { $0 != UInt8(ascii: ":") }.dropFirst(3)
            let host = String(decoding: rest.prefix { !"/?#:".utf8.contains($0) }, as: UTF8.self).asciiLowercased
            let path = String(decoding: rest.drop { !"/?#".utf8.contains($0) }, as: UTF8.self)
            let isMeeting = services.contains { service in
                (host == service.host || host.hasSuffix("." + service.host)) && path.hasPrefix(service.path)
                    && path.utf8.count > 1
            }
            // What ends a sentence is no part of the link.
            var link = word
            while let last = link.last, ".,;:!".contains(last) { link.removeLast() }
            if isMeeting { links.append(String(link)) }
            if links.count == 5 { break }
        }
        return links
    }
}
