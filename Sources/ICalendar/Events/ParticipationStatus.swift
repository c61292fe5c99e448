/// PARTSTAT (RFC 5545 section 3.2.12).
package enum ParticipationStatus: Sendable, Hashable {
    case needsAction, accepted, declined, tentative, delegated, completed, inProcess
    /// In upper case; to be treated like `needsAction`.
    case other(String)

    package init(_ text: String) {
        switch text.asciiUppercased {
        case "NEEDS-ACTION": self = .needsAction
        case "ACCEPTED": self = .accepted
        case "DECLINED": self = .declined
        case "TENTATIVE": self = .tentative
        case "DELEGATED": self = .delegated
        case "COMPLETED": self = .completed
        case "IN-PROCESS": self = .inProcess
        case let other: self = .other(other)
        }
    }

    package var text: String {
        switch self {
        case .needsAction: "NEEDS-ACTION"
        case .accepted: "ACCEPTED"
        case .declined: "DECLINED"
        case .tentative: "TENTATIVE"
        case .delegated: "DELEGATED"
        case .completed: "COMPLETED"
        case .inProcess: "IN-PROCESS"
        case .other(let text): text
        }
    }
}
