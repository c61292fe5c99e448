/// An ATTENDEE (RFC 5545 section 3.8.4.1).
package struct Attendee: Sendable, Equatable {
    package var user: CalendarUser
    /// NEEDS-ACTION when none is given, as the standard says.
    package var partstat: ParticipationStatus
    /// In upper case; `nil` when none is given, which means REQ-PARTICIPANT.
    package var role: String?
    /// `nil` when none is given, which means false.
    package var rsvp: Bool?
    /// In upper case; `nil` when none is given, which means INDIVIDUAL.
    package var userType: String?
    /// Addresses as in `CalendarUser.address`.
    package var delegatedTo: [String]
    /// Addresses as in `CalendarUser.address`.
    package var delegatedFrom: [String]
    /// What they wrote with their answer, as Google and Apple put it: X-RESPONSE-COMMENT.
    package var responseComment: String?

    package init(_ property: Property) {
        user = CalendarUser(property)
        partstat = property.parameter("PARTSTAT").flatMap { $0.isEmpty ? nil : ParticipationStatus($0) } ?? .needsAction
        role = property.parameter("ROLE")?.asciiUppercased
        rsvp = property.parameter("RSVP").map { $0.equalsIgnoringASCIICase("TRUE") }
        userType = property.parameter("CUTYPE")?.asciiUppercased
        func addresses(_ name: String) -> [String] {
            property.parameters.first { $0.isNamed(name) }?.values.map(CalendarUser.address) ?? []
        }
        delegatedTo = addresses("DELEGATED-TO")
        delegatedFrom = addresses("DELEGATED-FROM")
        responseComment = property.parameter("X-RESPONSE-COMMENT")
    }
}
