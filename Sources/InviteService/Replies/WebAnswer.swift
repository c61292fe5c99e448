/// An answer given on a page, as its links and buttons name it.
package enum WebAnswer: String, Sendable, CaseIterable {
    case yes
    case maybe
    case no

    package var label: String {
        switch self {
        case .yes: "Yes"
        case .maybe: "Maybe"
        case .no: "No"
        }
    }

    package var response: Response {
        switch self {
        case .yes: .accepted
        case .maybe: .tentative
        case .no: .declined
        }
    }
}
