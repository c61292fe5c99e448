import JSON

/// A message of the stage queue: everybody who has the event is to get its revision.
package struct StageJob: Sendable, Equatable {
    package var event: EventUID
    package var revision: Int
    /// Where an earlier run stopped.
    package var cursor: AttendeeCursor

    package init(event: EventUID, revision: Int, cursor: AttendeeCursor = .start) {
        self.event = event
        self.revision = revision
        self.cursor = cursor
    }

    package var json: JSON {
        var object: JSONObject = ["event": .string(event.description), "revision": .int(revision)]
        if cursor != .start { object["cursor"] = .string(cursor.text) }
        return .object(object)
    }

    package init(json: JSON) throws(MessageError) {
        guard let event = json["event"]?.string.flatMap({ EventUID($0) }), let revision = json["revision"]?.int else {
            throw MessageError(queue: "stage", body: json)
        }
        var cursor = AttendeeCursor.start
        if let text = json["cursor"] {
            guard let known = text.string.flatMap({ AttendeeCursor($0) }) else {
                throw MessageError(queue: "stage", body: json)
            }
            cursor = known
        }
        self.init(event: event, revision: revision, cursor: cursor)
    }
}
