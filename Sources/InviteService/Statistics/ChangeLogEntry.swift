import JSON
import MailMessage
import SigV4

/// A line of the change log: the state of an attendee or an event after a change that matters to reports.
///
/// People are named by a digest of their address, so that they can be told apart and counted without being known.
package struct ChangeLogEntry: Sendable, Equatable {
    package let json: JSON
    /// UTC date of the change, `2026-11-22`.
    package let date: String

    /// nil for a change of nothing that is reported, such as a sender's claim.
    init?(_ change: StatisticsAggregation.Change, shard: String) {
        let members: JSONObject
        switch (change.old, change.new) {
        case (let old, .attendee(let new)?):
            var before: Attendee?
            if case .attendee(let attendee)? = old { before = attendee }
            let now = Self.members(new)
            guard before.map(Self.members) != now, new.delivery != .claimed || new.replied != nil else { return nil }
            members = now
        case (let old, .event(let new)?):
            let now = Self.members(new)
            if case .event(let event)? = old, Self.members(event) == now { return nil }
            members = now
        default: return nil
        }
        var line: JSONObject = [
            "sequence": .string(change.sequence.padded), "shard": .string(shard), "at": .int(change.time),
        ]
        for member in members { line[member.name] = member.value }
        json = .object(line)
        date = Day.name(of: change.time)
    }

    private static func members(_ attendee: Attendee) -> JSONObject {
        func time(_ seconds: Int64?) -> JSON { seconds.map { .int($0) } ?? .null }
        let address = attendee.address.normalized
        return [
            "kind": "attendee", "event": .string(attendee.event.description),
            "organizer": .string(attendee.organizer.normalized), "domain": .string(attendee.domain),
            "campaign": attendee.campaign.map { .string($0) } ?? .null,
            "attendee": .string(String(SHA256.hex(Array(address.utf8)).prefix(24))),
            "attendee_domain": .string(address.split(separator: "@").last.map(String.init) ?? ""),
            "origin": .string(attendee.origin.rawValue), "delivery": .string(attendee.delivery.rawValue),
            "revision": attendee.sentRevision.map { .int($0) } ?? .null, "sent": time(attendee.firstSent),
            "opened": time(attendee.opened), "rsvp": .string(attendee.response.rawValue),
            "replied": time(attendee.replied), "receipt": time(attendee.receipt),
            "client": attendee.client.map { .string($0) } ?? .null,
        ]
    }

    private static func members(_ event: Event) -> JSONObject {
        [
            "kind": "event", "event": .string(event.uid.description), "organizer": .string(event.organizer.normalized),
            "domain": .string(event.domain), "revision": .int(event.revision), "status": .string(event.status.rawValue),
            "starts": .int(event.start), "ends": .int(event.end), "summary": .string(event.summary),
        ]
    }
}

/// An object of the change log. Its name follows from the first entry alone, so that writing it again, with the same
/// entries or with fewer because the stream's batch was cut otherwise, replaces it.
package struct ChangeLogPart: Sendable, Equatable {
    package var date: String
    package var shard: String
    package var first: SequenceNumber
    /// JSON, one entry to a line.
    package var lines: [UInt8]
}
