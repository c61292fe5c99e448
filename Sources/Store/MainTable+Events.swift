import AWSClients
import InviteService

extension MainTable {
    /// Queries a page may take: with a filter that hardly anything passes, an answer still comes in time.
    private static let queriesPerPage = 10

    /// One page of an index, the latest change first.
    package func listEvents(
        _ index: EventIndex, matching filter: EventFilter, after cursor: EventCursor?, limit: Int
    ) async throws -> EventPage {
        let (attribute, value) = index.partition
        var query = DynamoDB.Query(
            table: name, index: index.name, keyCondition: "\(attribute) = :partition",
            values: [":partition": .s(value)], forward: false, limit: limit, start: cursor.map(index.key))
        if let expression = filter.expression {
            query.filter = expression.text
            query.names = expression.names
            query.values.merge(expression.values) { $1 }
            // What the filter drops counts as read.
            query.limit = max(limit, 250)
        }
        var events: [Event] = []
        for _ in 0..<Self.queriesPerPage {
            let page = try await dynamoDB.query(query)
            for (position, item) in page.items.enumerated() {
                let event = try EventItem.decode(item)
                events.append(event)
                guard events.count == limit else { continue }
                let isLast = position == page.items.count - 1 && page.next == nil
                let next = EventCursor(lastModified: event.lastModified, uid: event.uid)
                return EventPage(events: events, next: isLast ? nil : next)
            }
            query.start = page.next
            if page.next == nil { break }
        }
        return EventPage(events: events, next: try query.start.map(Self.cursor))
    }

    private static func cursor(of key: DynamoDB.Item) throws -> EventCursor {
        let reader = ItemReader(key, kind: "index key")
        return EventCursor(lastModified: try reader.time("lastModified"), uid: try reader.eventUID(inKeyPart: 1))
    }
}
