/// Which of an organizer's or a domain's events are listed.
package struct EventFilter: Sendable, Equatable {
    package var status: Event.Status?
    /// Bounds of the first start, epoch seconds: from the one on, before the other.
    package var startsFrom: Int64?
    package var startsBefore: Int64?
    /// Bounds of the end of the last instance, epoch seconds: after the one, and not after the other.
    package var endsAfter: Int64?
    package var endedBy: Int64?
    /// Epoch seconds.
    package var createdFrom: Int64?

    package init(
        status: Event.Status? = nil, startsFrom: Int64? = nil, startsBefore: Int64? = nil, endsAfter: Int64? = nil,
        endedBy: Int64? = nil, createdFrom: Int64? = nil
    ) {
        self.status = status
        self.startsFrom = startsFrom
        self.startsBefore = startsBefore
        self.endsAfter = endsAfter
        self.endedBy = endedBy
        self.createdFrom = createdFrom
    }
}

/// The views of a list of events.
package enum EventListView: String, Sendable, CaseIterable {
    case all
    /// Created in the last seven days.
    case recent
    /// Not over yet: the event, or the last instance of a series, is now or to come.
    case future
    /// Over.
    case past

    func narrow(_ filter: EventFilter, at now: Int64) -> EventFilter {
        var filter = filter
        switch self {
        case .all: break
        case .recent: filter.createdFrom = now - 7 * 86_400
        case .future: filter.endsAfter = now
        case .past: filter.endedBy = now
        }
        return filter
    }
}

/// The last event of a page, after which the next begins. Lists run from the latest change back, so an event that is
/// changed between two pages moves to the front, where the reader has passed already.
package struct EventCursor: Sendable, Equatable {
    package var lastModified: Int64
    package var uid: EventUID

    package init(lastModified: Int64, uid: EventUID) {
        self.lastModified = lastModified
        self.uid = uid
    }

    /// Opaque to API callers.
    package var text: String {
        String(decoding: Base32.encode(Array("\(lastModified) \(uid)".utf8)), as: UTF8.self)
    }

    /// nil unless this server wrote the cursor.
    package init?(_ text: String) {
        guard let bytes = Base32.decode(text.utf8), let plain = String(validating: bytes, as: UTF8.self) else {
            return nil
        }
        let parts = plain.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 2, let lastModified = Int64(parts[0]), let uid = EventUID(parts[1]) else { return nil }
        self.init(lastModified: lastModified, uid: uid)
    }
}

package struct EventPage: Sendable, Equatable {
    package var events: [Event]
    /// nil after the last event. A page may be short, even empty, and yet have a next.
    package var next: EventCursor?

    package init(events: [Event], next: EventCursor?) {
        self.events = events
        self.next = next
    }
}
