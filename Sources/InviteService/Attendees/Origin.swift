/// Where an attendee came from: 1 to 32 of `a`-`z`, `0`-`9`, `-` and `_`.
package struct Origin: Sendable, Hashable {
    package let rawValue: String

    package init?(rawValue: String) {
        let isName = rawValue.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
                UInt8(ascii: "_"):
                true
            default: false
            }
        }
        guard isName, (1...32).contains(rawValue.utf8.count) else { return nil }
        self.rawValue = rawValue
    }

    private init(known name: String) { rawValue = name }

    package static let api = Origin(known: "api")
    package static let bulk = Origin(known: "bulk")
    package static let vip = Origin(known: "vip")
    /// Handed over by a campaign or journey of Amazon Pinpoint, or of Amazon Connect.
    package static let pinpoint = Origin(known: "pinpoint")
    package static let connect = Origin(known: "connect")
    package static let webForm = Origin(known: "webform")
    package static let landingPage = Origin(known: "landingpage")
    package static let emailButton = Origin(known: "emailcta")
    package static let multipleEvents = Origin(known: "multievent")
    /// Answered a forwarded invitation without being invited.
    package static let shared = Origin(known: "shared")

    /// Those that front ends of the incumbent send; `shared` is none of them.
    package static let known: Set<Origin> = Set(
        [
            "api", "bulk", "convertkit", "emailcta", "hubspot", "klaviyo", "klaviyocta", "landingpage", "mailchimpcta",
            "multievent", "sendgrid", "sendgridcta", "singlesend", "test", "vip", "webform", "wix", "wixv2", "zoho",
        ].map(Origin.init(known:)))

    /// Lists go to many at once, so these take an organizer who may send to lists.
    package var needsBulkPermission: Bool { self == .bulk || self == .vip }
}
