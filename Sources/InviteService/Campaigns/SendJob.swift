import JSON

/// A message of the send queue: invite one chunk of a campaign, or what remains of it.
package struct SendJob: Sendable, Equatable {
    package static let chunkSize = 100

    package var event: EventUID
    package var campaign: String
    /// From 0; names the stored recipients.
    package var chunk: Int
    /// Positions in the chunk still to be done; nil means all.
    package var remaining: [Int]?
    /// How often this chunk was put back because something failed; throttling does not count.
    package var failures: Int
    /// Recipients found earlier to need no mail.
    package var skipped: SkipCounts

    package init(
        event: EventUID, campaign: String, chunk: Int, remaining: [Int]? = nil, failures: Int = 0,
        skipped: SkipCounts = SkipCounts()
    ) {
        self.event = event
        self.campaign = campaign
        self.chunk = chunk
        self.remaining = remaining
        self.failures = failures
        self.skipped = skipped
    }

    package var json: JSON {
        var object: JSONObject = [
            "event": .string(event.description), "campaign": .string(campaign), "chunk": .int(chunk),
        ]
        if let remaining { object["remaining"] = .array(remaining.map { .int($0) }) }
        if failures > 0 { object["failures"] = .int(failures) }
        if skipped != SkipCounts() { object["skipped"] = skipped.json }
        return .object(object)
    }

    package init(json: JSON) throws(MessageError) {
        guard let event = json["event"]?.string.flatMap({ EventUID($0) }), let campaign = json["campaign"]?.string,
            let chunk = json["chunk"]?.int, chunk >= 0
        else { throw MessageError(queue: "send", body: json) }
        self.init(
            event: event, campaign: campaign, chunk: chunk,
            remaining: json["remaining"]?.array?.compactMap(\.int), failures: json["failures"]?.int ?? 0,
            skipped: SkipCounts(json: json["skipped"] ?? [:]))
    }
}

/// Recipients of a chunk who got no mail from it, by why.
package struct SkipCounts: Sendable, Equatable {
    /// Invited before, by another campaign or singly.
    package var alreadyInvited = 0
    /// Unsubscribed, blocked or suppressed since the import.
    package var refused = 0
    /// The event was cancelled before their turn.
    package var cancelled = 0

    package init() {}

    package var json: JSON {
        ["already_invited": .int(alreadyInvited), "refused": .int(refused), "cancelled": .int(cancelled)]
    }

    package init(json: JSON) {
        alreadyInvited = json["already_invited"]?.int ?? 0
        refused = json["refused"]?.int ?? 0
        cancelled = json["cancelled"]?.int ?? 0
    }
}

/// A queue message that is not of its queue's form.
package struct MessageError: Error, Sendable, Equatable, CustomStringConvertible {
    package let queue: String
    package let fields: [String]

    /// Keeps the names of the fields only: values can be addresses.
    init(queue: String, body: JSON) {
        self.queue = queue
        fields = body.object?.map(\.name) ?? []
    }

    package var description: String { "not a message of the \(queue) queue: fields \(fields)" }
}
