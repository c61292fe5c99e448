import Audience
import InviteService
import JSON
import MailMessage
import Scheduling

/// One attendee of `GET /event/{uid}/attendees`, address and name masked.
enum AttendeeDocument {
    static func of(_ attendee: Attendee) -> JSON {
        [
            "email": .string(attendee.address.masked), "name": attendee.name.map { .string(masked($0)) } ?? .null,
            "status": .string(attendee.response.rawValue), "origin": .string(attendee.origin.rawValue),
            "prodid": attendee.client.map { .string($0) } ?? .null,
            "delivery": .string(attendee.delivery.rawValue),
            "comment": attendee.comment.map { .string($0) } ?? .null,
            "delegated_to": attendee.delegate.map { .string($0.masked) } ?? .null,
            "proposal": attendee.proposal.map(proposal) ?? .null,
        ]
    }

    /// Times in epoch seconds, and in words as the attendee's zone has them.
    private static func proposal(_ proposal: Proposal) -> JSON {
        [
            "dtstart": .int(Int(proposal.start)), "dtend": proposal.end.map { .int(Int($0)) } ?? .null,
            "when": .string(proposal.when),
        ]
    }

    private static func masked(_ name: String) -> String { "\(name.prefix(1))***" }
}
