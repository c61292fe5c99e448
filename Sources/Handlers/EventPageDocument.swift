import InviteService
import JSON

/// A page of events: `{"events":[…],"next":…}`, each as `GET /event/{uid}` shows it.
enum EventPageDocument {
    static func of(_ page: EventPage) -> JSON {
        [
            "events": .array(page.events.map(EventSummaryDocument.of)),
            "next": page.next.map { .string($0.text) } ?? .null,
        ]
    }
}
