import InviteService
import JSON
import MailMessage

/// One attendee of `GET /event/{uid}/attendees`, address and name masked.
enum AttendeeDocument {
    static func of(_ attendee: Attendee) -> JSON {
        [
            "email": .string(masked(attendee.address)), "name": attendee.name.map { .string(masked($0)) } ?? .null,
            "status": .string(attendee.response.rawValue), "origin": .string(attendee.origin.rawValue),
            "prodid": attendee.client.map { .string($0) } ?? .null,
            "delivery": .string(attendee.delivery.rawValue),
        ]
    }

    /// `ann@example.com` becomes `a***@example.com`.
    private static func masked(_ address: EmailAddress) -> String { "\(address.local.prefix(1))***@\(address.domain)" }

    private static func masked(_ name: String) -> String { "\(name.prefix(1))***" }
}
