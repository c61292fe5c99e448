import MailMessage

/// An address that nothing is sent to, because of what became of earlier mail.
package struct Suppression: Sendable, Equatable {
    package enum Reason: String, Sendable {
        case bounce
        case complaint
        case softBounces = "soft_bounces"
        /// On the suppression list of the SES account.
        case accountList = "account_list"
    }

    package var address: EmailAddress
    package var reason: Reason
    /// Epoch seconds of what it was suppressed for.
    package var since: Int64

    package init(address: EmailAddress, reason: Reason, since: Int64) {
        self.address = address
        self.reason = reason
        self.since = since
    }
}

/// When transient bounces say that an address is no good: on enough different days within a span of days.
package struct SoftBouncePolicy: Sendable, Equatable {
    package var limit: Int
    package var span: Int

    package init(limit: Int, span: Int) {
        self.limit = limit
        self.span = span
    }

    /// - Parameter days: epoch days on which mail to the address bounced, in any order.
    func judge(_ days: [Int], latest: Int) -> (isExceeded: Bool, outdated: [Int]) {
        let newest = max(latest, days.max() ?? latest)
        let recent = days.filter { $0 > newest - span }
        return (Set(recent).count >= limit, days.filter { $0 <= newest - span })
    }
}
