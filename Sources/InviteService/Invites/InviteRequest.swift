import Audience
import MailMessage

/// A request for one invitation, checked.
package struct InviteRequest: Sendable, Equatable {
    package enum Failure: Error, Sendable, Equatable {
        case unusableAddress(reason: String)
        case nameTooLong(limit: Int)
        case unknownOrigin
        case landingNotAllowed
    }

    package var recipient: Recipient
    package var origin: Origin
    package var landing: LandingURL?

    /// Bytes.
    package static let nameLimit = 200

    /// - Parameter fields: `email`, `name`, `origin` and `landing` as they came; empty ones count as missing.
    package init(_ fields: [String: String], rules: InviteRules, defaultOrigin: Origin) throws(Failure) {
        func field(_ name: String) -> String? { fields[name].flatMap { $0.isEmpty ? nil : $0 } }
        guard let email = field("email") else { throw .unusableAddress(reason: "it is missing") }
        let address: EmailAddress
        do {
            address = try EmailAddress(parsing: email)
        } catch {
            throw .unusableAddress(reason: "\(error)")
        }
        guard !address.needsSMTPUTF8 else {
            throw .unusableAddress(reason: "the part before the @ must be ASCII for the mail service to take it")
        }
        let name = field("name")
        guard name?.utf8.count ?? 0 <= Self.nameLimit else { throw .nameTooLong(limit: Self.nameLimit) }
        recipient = Recipient(address: address, name: name)
        if let text = field("origin") {
            guard let origin = rules.origin(text) else { throw .unknownOrigin }
            self.origin = origin
        } else {
            origin = defaultOrigin
        }
        landing = try Self.landing(field("landing"), rules: rules)
    }

    /// Where to go afterwards; nil when nothing is said.
    package static func landing(_ text: String?, rules: InviteRules) throws(Failure) -> LandingURL? {
        guard let text, !text.isEmpty else { return nil }
        guard let landing = LandingURL(text, allowed: rules.landingHosts) else { throw .landingNotAllowed }
        return landing
    }
}

/// What a deployment allows in requests for invitations.
package struct InviteRules: Sendable {
    package var landingHosts: LandingHosts
    package var limits: RateLimits
    /// Of an event whose organizer has no other limit.
    package var invitesPerEvent: Int
    private let origins: Set<Origin>

    /// - Parameter moreOrigins: beside the known ones, set apart by commas or blanks.
    package init(landingHosts: LandingHosts, moreOrigins: String, limits: RateLimits, invitesPerEvent: Int) {
        self.landingHosts = landingHosts
        self.limits = limits
        self.invitesPerEvent = invitesPerEvent
        origins = Self.origins(with: moreOrigins)
    }

    static func origins(with more: String) -> Set<Origin> {
        let more = more.split { $0 == "," || $0 == " " }.compactMap { Origin(rawValue: String($0)) }
        return Origin.known.union(more).subtracting([.shared])
    }

    func origin(_ name: String) -> Origin? {
        Origin(rawValue: name).flatMap { origins.contains($0) ? $0 : nil }
    }
}
