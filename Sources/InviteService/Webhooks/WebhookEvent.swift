import JSON
import MailMessage

/// Something that happened to an event or an attendee, as webhooks tell it.
package struct WebhookEvent: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        case created
        case updated
        case cancelled
        case invited
        case delivered
        case bounced
        case complained
        case failed
        case replied
        case campaignFinished = "campaign.finished"
    }

    /// The same whenever the same thing is told again.
    package var id: String
    package var kind: Kind
    package var organizer: EmailAddress
    /// Epoch seconds.
    package var time: Int64
    package var data: JSON

    package var json: JSON {
        ["id": .string(id), "type": .string(kind.rawValue), "time": .int(time), "data": data]
    }

    private init(_ change: StatisticsAggregation.Change, kind: Kind, organizer: EmailAddress, data: JSON) {
        // Sequence numbers are unique within the table's stream.
        id = "\(change.sequence.padded.drop { $0 == "0" })"
        self.kind = kind
        self.organizer = organizer
        time = change.time
        self.data = data
    }

    /// nil when the change is nothing that webhooks tell.
    package init?(_ change: StatisticsAggregation.Change) {
        switch change.new {
        case .event(let event)?:
            var old: Event?
            if case .event(let before)? = change.old { old = before }
            guard let kind = Self.kind(old, event) else { return nil }
            self.init(change, kind: kind, organizer: event.organizer, data: Self.data(event))
        case .attendee(let attendee)?:
            var old: Attendee?
            if case .attendee(let before)? = change.old { old = before }
            guard let kind = Self.kind(old, attendee) else { return nil }
            self.init(change, kind: kind, organizer: attendee.organizer, data: Self.data(attendee))
        case .campaign?, .finishedChunk?, nil: return nil
        }
    }

    init(finished progress: CampaignProgress, at time: Int64) {
        id = "campaign-\(progress.campaign.id)"
        kind = .campaignFinished
        organizer = progress.campaign.organizer
        self.time = time
        data = progress.json
    }

    private static func kind(_ old: Event?, _ new: Event) -> Kind? {
        guard let old else { return new.status == .cancelled ? .cancelled : .created }
        if new.status == .cancelled { return old.status == .cancelled ? nil : .cancelled }
        return new.revision > old.revision ? .updated : nil
    }

    private static func kind(_ old: Attendee?, _ new: Attendee) -> Kind? {
        if let reply = new.reply, new.replied != nil, reply != old?.reply { return .replied }
        if new.sentRevision != nil, old?.sentRevision == nil { return .invited }
        guard new.delivery != old?.delivery else { return nil }
        switch new.delivery {
        case .claimed, .sent: return nil
        case .failed: return .failed
        case .delivered: return .delivered
        case .bounced: return .bounced
        case .complained: return .complained
        }
    }

    private static func data(_ event: Event) -> JSON {
        [
            "event": .string(event.uid.description), "organizer": .string(event.organizer.normalized),
            "revision": .int(event.revision), "status": .string(event.status.rawValue),
            "summary": .string(event.summary), "dtstart": .int(event.start), "dtend": .int(event.end),
        ]
    }

    private static func data(_ attendee: Attendee) -> JSON {
        [
            "event": .string(attendee.event.description), "organizer": .string(attendee.organizer.normalized),
            "campaign": attendee.campaign.map { .string($0) } ?? .null,
            "email": .string(attendee.address.description), "name": attendee.name.map { .string($0) } ?? .null,
            "origin": .string(attendee.origin.rawValue), "delivery": .string(attendee.delivery.rawValue),
            "rsvp": .string(attendee.response.rawValue), "comment": attendee.comment.map { .string($0) } ?? .null,
        ]
    }
}
