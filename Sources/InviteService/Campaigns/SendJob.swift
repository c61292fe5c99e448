import Audience
import JSON
import MailMessage

/// A message of the send queues: invite one chunk of a campaign or a few people who asked for it, tell attendees of a
/// change, or do what remains of either.
package struct SendJob: Sendable, Equatable {
    package static let chunkSize = 100

    package enum Work: Sendable, Equatable {
        /// Recipients stored under a campaign; numbers start from 0.
        case chunk(campaign: String, number: Int)
        /// At most `chunkSize` people invited outside any campaign, carried in the message itself.
        case recipients([Recipient], origin: Origin)
        /// At most `chunkSize` people who have the event, and are to have its current revision.
        case attendees([Recipient])
    }

    package var event: EventUID
    package var work: Work
    /// Positions among the recipients still to be done; nil means all.
    package var remaining: [Int]?
    /// How often this was put back because something failed; throttling does not count.
    package var failures: Int
    /// How often in a row this was put back because of the sending rate, and nobody was done with.
    package var throttles: Int
    /// Recipients found earlier to need no mail.
    package var skipped: SkipCounts

    package init(
        event: EventUID, work: Work, remaining: [Int]? = nil, failures: Int = 0, throttles: Int = 0,
        skipped: SkipCounts = SkipCounts()
    ) {
        self.event = event
        self.work = work
        self.remaining = remaining
        self.failures = failures
        self.throttles = throttles
        self.skipped = skipped
    }

    /// A chunk of a campaign.
    package init(
        event: EventUID, campaign: String, chunk: Int, remaining: [Int]? = nil, failures: Int = 0,
        skipped: SkipCounts = SkipCounts()
    ) {
        self.init(
            event: event, work: .chunk(campaign: campaign, number: chunk), remaining: remaining, failures: failures,
            skipped: skipped)
    }

    /// Whose chunk it is; nil outside campaigns.
    package var campaign: String? {
        if case .chunk(let campaign, _) = work { campaign } else { nil }
    }

    package var json: JSON {
        var object: JSONObject = ["event": .string(event.description)]
        switch work {
        case .chunk(let campaign, let number):
            object["campaign"] = .string(campaign)
            object["chunk"] = .int(number)
        case .recipients(let recipients, let origin):
            object["recipients"] = RecipientChunk.json(recipients)
            object["origin"] = .string(origin.rawValue)
        case .attendees(let attendees): object["attendees"] = RecipientChunk.json(attendees)
        }
        if let remaining { object["remaining"] = .array(remaining.map { .int($0) }) }
        if failures > 0 { object["failures"] = .int(failures) }
        if throttles > 0 { object["throttles"] = .int(throttles) }
        if skipped != SkipCounts() { object["skipped"] = skipped.json }
        return .object(object)
    }

    package init(json: JSON) throws(MessageError) {
        guard let event = json["event"]?.string.flatMap({ EventUID($0) }), let work = Self.work(json) else {
            throw MessageError(queue: "send", body: json)
        }
        self.init(
            event: event, work: work, remaining: json["remaining"]?.array?.compactMap(\.int),
            failures: json["failures"]?.int ?? 0, throttles: json["throttles"]?.int ?? 0,
            skipped: SkipCounts(json: json["skipped"] ?? [:]))
    }

    private static func work(_ json: JSON) -> Work? {
        func people(_ list: JSON) -> [Recipient]? {
            guard let people = try? RecipientChunk.recipients(list), (1...chunkSize).contains(people.count) else {
                return nil
            }
            return people
        }
        if let list = json["recipients"] {
            guard let recipients = people(list), let origin = json["origin"]?.string.flatMap(Origin.init(rawValue:))
            else { return nil }
            return .recipients(recipients, origin: origin)
        }
        if let list = json["attendees"] { return people(list).map { .attendees($0) } }
        guard let campaign = json["campaign"]?.string, let number = json["chunk"]?.int, number >= 0 else { return nil }
        return .chunk(campaign: campaign, number: number)
    }
}

/// A chunk of a campaign that is done.
package struct FinishedChunk: Sendable, Equatable {
    package var campaign: String
    package var chunk: Int
    package var skipped: SkipCounts

    package init(campaign: String, chunk: Int, skipped: SkipCounts) {
        self.campaign = campaign
        self.chunk = chunk
        self.skipped = skipped
    }
}

/// Recipients of a chunk who got no mail from it, by why.
package struct SkipCounts: Sendable, Equatable {
    /// Invited before, by another campaign or singly.
    package var alreadyInvited = 0
    /// Unsubscribed, blocked or suppressed since the import.
    package var refused = 0
    /// The event or the campaign was cancelled before their turn.
    package var cancelled = 0

    package init() {}

    package var total: Int { alreadyInvited + refused + cancelled }

    package var json: JSON {
        ["already_invited": .int(alreadyInvited), "refused": .int(refused), "cancelled": .int(cancelled)]
    }

    package init(json: JSON) {
        alreadyInvited = json["already_invited"]?.int ?? 0
        refused = json["refused"]?.int ?? 0
        cancelled = json["cancelled"]?.int ?? 0
    }
}
