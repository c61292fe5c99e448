import Audience
import InviteService
import JSON
import MailMessage
import Scheduling

/// One attendee of `GET /event/{uid}/attendees`, address and name masked; and of `…/attendees/{address}`, where whoever
/// asks knows them, with all they answered.
enum AttendeeDocument {
    static func of(_ attendee: Attendee) -> JSON { .object(members(of: attendee, isMasked: true)) }

    static func of(_ attendee: Attendee, _ answers: AttendeeAnswers, of event: Event) -> JSON {
        var document = members(of: attendee, isMasked: false)
        document["campaign"] = attendee.campaign.map { .string($0) } ?? .null
        document["invited"] = time(attendee.firstSent)
        document["answered"] = time(attendee.replied)
        document["opened"] = time(attendee.opened)
        document["receipt"] = time(attendee.receipt)
        document["instances"] = .array(
            answers.standings(in: event).map { instance, answer in
                guard let answer else {
                    return [
                        "instance": .int(Int(instance)), "status": .string(Response.noAction.rawValue), "time": .null,
                        "comment": .null, "proposal": .null,
                    ]
                }
                return [
                    "instance": .int(Int(instance)), "status": .string(answer.response.rawValue),
                    "time": time(answer.replied), "comment": text(answer.comment),
                    "proposal": answer.proposal.map(proposal) ?? .null,
                ]
            })
        document["history"] = .array(
            answers.history.map { answer in
                [
                    "time": time(answer.replied), "status": .string(answer.response.rawValue),
                    "instance": time(answer.instance), "comment": text(answer.comment), "prodid": text(answer.client),
                    "delegated_to": text(answer.delegate?.description),
                    "proposal": answer.proposal.map(proposal) ?? .null,
                ]
            })
        return .object(document)
    }

    private static func members(of attendee: Attendee, isMasked: Bool) -> JSONObject {
        func address(_ address: EmailAddress) -> JSON { .string(isMasked ? address.masked : address.description) }
        return [
            "email": address(attendee.address),
            "name": text(attendee.name.map { isMasked ? masked($0) : $0 }),
            "status": .string(attendee.response.rawValue), "origin": .string(attendee.origin.rawValue),
            "prodid": text(attendee.client), "delivery": .string(attendee.delivery.rawValue),
            "comment": text(attendee.comment), "delegated_to": attendee.delegate.map(address) ?? .null,
            "proposal": attendee.proposal.map(proposal) ?? .null,
        ]
    }

    private static func text(_ text: String?) -> JSON { text.map { .string($0) } ?? .null }

    private static func time(_ time: Int64?) -> JSON { time.map { .int(Int($0)) } ?? .null }

    /// Times in epoch seconds, and in words as the attendee's zone has them.
    private static func proposal(_ proposal: Proposal) -> JSON {
        ["dtstart": time(proposal.start), "dtend": time(proposal.end), "when": .string(proposal.when)]
    }

    private static func masked(_ name: String) -> String { "\(name.prefix(1))***" }
}
