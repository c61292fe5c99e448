import JSON
import MailMessage

/// A message of the notice queue: the attendees of an event, or those of one part of them, are mailed as a table.
package struct ReportJob: Sendable, Equatable {
    package var event: EventUID
    package var organizer: EmailAddress
    /// The same for all parts of a report. Requests of one minute are one.
    package var request: String
    package var cursor: AttendeeCursor
    /// From 1.
    package var part: Int

    package init(event: EventUID, organizer: EmailAddress, request: String, cursor: AttendeeCursor, part: Int) {
        self.event = event
        self.organizer = organizer
        self.request = request
        self.cursor = cursor
        self.part = part
    }

    /// The same for every delivery of the same job.
    package var id: String { "report.\(request).\(part)" }

    package var json: JSON {
        [
            "report": .string(event.description), "organizer": .string(organizer.description),
            "request": .string(request), "cursor": .string(cursor.text), "part": .int(part),
        ]
    }

    /// nil for a message about something else.
    package init?(json: JSON) throws(MessageError) {
        guard let report = json["report"] else { return nil }
        guard let event = report.string.flatMap({ EventUID($0) }),
            let organizer = json["organizer"]?.string.flatMap({ EmailAddress($0) }),
            let request = json["request"]?.string,
            let cursor = json["cursor"]?.string.flatMap({ AttendeeCursor($0) }), let part = json["part"]?.int
        else { throw MessageError(queue: "notice", body: json) }
        self.init(event: event, organizer: organizer, request: request, cursor: cursor, part: part)
    }
}
