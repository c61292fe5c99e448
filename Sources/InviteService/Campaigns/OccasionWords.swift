import Scheduling

/// How a mail to an attendee begins.
struct OccasionWords {
    /// Before the title in the subject.
    let label: String
    let lead: String
    /// Beside the first of several dates.
    let furtherDates: String

    init(_ occasion: MailOccasion, organizerName: String) {
        switch occasion.content {
        case .invitation where occasion.isUpdate:
            label = "Updated"
            lead = "\(organizerName) changed an event you are invited to:"
            furtherDates = ""
        case .invitation:
            label = "Invitation"
            lead = "\(organizerName) invites you to:"
            furtherDates = ""
        case .instances(let dates):
            label = "Updated"
            lead = "\(organizerName) changed \(Self.dates(dates.count)) of an event you are invited to:"
            furtherDates = Self.further(dates.count)
        case .cancellation:
            label = "Cancelled"
            lead = "\(organizerName) cancelled:"
            furtherDates = ""
        case .instanceCancellation(let dates):
            label = "Cancelled"
            lead = "\(organizerName) cancelled \(Self.dates(dates.count)) of:"
            furtherDates = Self.further(dates.count)
        }
    }

    private static func dates(_ count: Int) -> String { count == 1 ? "one date" : "\(count) dates" }

    private static func further(_ count: Int) -> String { count == 1 ? "" : " and \(count - 1) more" }
}
