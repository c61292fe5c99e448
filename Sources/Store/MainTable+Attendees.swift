import AWSClients
import InviteService

extension MainTable {
    /// One page of an event's attendees, shard after shard, each in the order of addresses.
    package func listAttendees(
        _ event: EventUID, from cursor: AttendeeCursor, limit: Int
    ) async throws -> AttendeePage {
        var attendees: [Attendee] = []
        var cursor = cursor
        while true {
            let partition = Key.attendeePartition(event, shard: cursor.shard)
            let page = try await dynamoDB.query(
                DynamoDB.Query(
                    table: name, keyCondition: "pk = :pk AND begins_with(sk, :prefix)",
                    values: [":pk": .s(partition), ":prefix": .s("attendee#")], limit: limit - attendees.count,
                    start: cursor.after.map { Key.item(partition, "attendee#\($0)") }))
            for item in page.items { attendees.append(try AttendeeItem.decode(item)) }
            if let last = page.next?["sk"]?.string {
                cursor.after = String(last.dropFirst("attendee#".count))
            } else {
                guard cursor.shard + 1 < AttendeeShard.count else {
                    return AttendeePage(attendees: attendees, next: nil)
                }
                cursor = AttendeeCursor(shard: cursor.shard + 1, after: nil)
            }
            if attendees.count >= limit { return AttendeePage(attendees: attendees, next: cursor) }
        }
    }

    /// All attendees of an event, for a recount.
    package func allAttendees(of event: EventUID) async throws -> [Attendee] {
        var attendees: [Attendee] = []
        var cursor: AttendeeCursor? = .start
        while let from = cursor {
            let page = try await listAttendees(event, from: from, limit: 1000)
            attendees += page.attendees
            cursor = page.next
        }
        return attendees
    }
}
