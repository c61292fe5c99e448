import InviteService
import JSON
import MailMessage

/// `GET /event/{uid}`. Field names are those the incumbent's front ends read; times are epoch seconds.
enum EventSummaryDocument {
    static func of(_ event: Event) -> JSON {
        [
            "uid": .string(event.uid.description), "created": .int(event.created),
            "last_modified": .int(event.lastModified), "dtstart": .int(event.start), "dtend": .int(event.end),
            "summary_html": .string(HTMLText.paragraphs(event.summary)),
            "description_html": .string(HTMLText.paragraphs(event.description)),
            "location_html": .string(HTMLText.paragraphs(event.location)),
            "mailto": .string(event.organizer.description), "organizer": .string(event.organizer.normalized),
            "organizer_name": event.organizerName.map { .string($0) } ?? .null,
            "original_organizer": .string(event.originalOrganizer), "prodid": .string(event.productID),
            "sequence": .int(event.sequence), "status": .string(event.status.rawValue),
            "all_day": .bool(event.isAllDay), "tzid": event.timeZone.map { .string($0) } ?? .null,
            "rrule": event.recurrence.map { .string($0) } ?? .null, "revision": .int(event.revision),
            "updates": .string(event.updates.rawValue),
        ]
    }
}
