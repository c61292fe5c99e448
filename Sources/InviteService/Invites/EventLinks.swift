/// Links that an organizer puts on a page or into a mail.
package struct EventLinks: Sendable {
    /// The page with the form.
    package let page: String
    /// Sends the invitation when it is followed; nil where the server does not allow that.
    package let oneClick: String?
    /// The calendar file.
    package let calendar: String
}

/// Makes them, for one deployment.
package struct EventLinkMaker: Sendable {
    private let landingHosts: LandingHosts
    private let origins: Set<Origin>
    private let oneClickSecret: ServiceSecret?

    /// - Parameters:
    ///   - moreOrigins: as `InviteRules` has them.
    ///   - oneClickSecret: nil where no link may act by itself.
    package init(landingHosts: LandingHosts, moreOrigins: String = "", oneClickSecret: ServiceSecret?) {
        self.landingHosts = landingHosts
        origins = InviteRules.origins(with: moreOrigins)
        self.oneClickSecret = oneClickSecret
    }

    /// - Parameters:
    ///   - publicURL: where the HTTP API answers, without a slash at its end.
    ///   - origin: this and the landing page are checked here, so that no link is made that will not work.
    ///   - landing: where to go afterwards.
    package func links(
        to event: EventUID, at publicURL: String, origin: Origin, landing: String?
    ) throws(InviteRequest.Failure) -> EventLinks {
        guard origins.contains(origin) else { throw .unknownOrigin }
        let landing = landing ?? ""
        guard landing.isEmpty || LandingURL(landing, allowed: landingHosts) != nil else { throw .landingNotAllowed }
        let base = "\(publicURL)/event/\(event)"
        var query = "?origin=\(origin.rawValue)"
        if !landing.isEmpty { query += "&landing=\(Self.encoded(landing))" }
        let oneClick = oneClickSecret.map { secret in
            let signature = InviteLink.signature(
                event: event, origin: origin.rawValue, landing: landing, secret: secret)
            return "\(base)/invite\(query)&signature=\(signature)&email="
        }
        return EventLinks(
            page: "\(base)/invite\(query)&email=", oneClick: oneClick, calendar: "\(base)/calendar.ics")
    }

    /// RFC 3986 unreserved characters stay.
    private static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var output: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                output.append(byte)
            default: output += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: output, as: UTF8.self)
    }
}
