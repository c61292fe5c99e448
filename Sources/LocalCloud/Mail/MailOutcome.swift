/// What becomes of a mail that the service took.
package enum MailOutcome: String, Sendable, CaseIterable {
    case delivery
    case bounce
    case softBounce = "soft-bounce"
    case complaint
    case delay
    case open
    case reject
    case unsubscribe
    /// Its address is on the account's suppression list.
    case suppressed
    /// No word ever comes back.
    case silence

    /// That of SES's mailbox simulator (SES Developer Guide, "Using the mailbox simulator"); labels after a `+` count
    /// for nothing. Nil for every other address.
    static func simulated(for address: String) -> MailOutcome? {
        let parts = address.lowercased().split(separator: "@")
        guard parts.count == 2, parts[1] == "simulator.amazonses.com" else { return nil }
        switch parts[0].prefix(while: { $0 != "+" }) {
        case "success": return .delivery
        case "bounce": return .bounce
        case "complaint": return .complaint
        case "suppressionlist": return .suppressed
        default: return nil
        }
    }

    /// The types of the events that are published, in the order they happen.
    var events: [String] {
        switch self {
        case .delivery: ["Delivery"]
        case .bounce, .softBounce, .suppressed: ["Bounce"]
        case .complaint: ["Delivery", "Complaint"]
        case .delay: ["DeliveryDelay", "Delivery"]
        case .open: ["Delivery", "Open"]
        case .reject: ["Reject"]
        case .unsubscribe: ["Delivery", "Subscription"]
        case .silence: []
        }
    }
}
