import AWSClients
import InviteService
import MailMessage

extension MainTable {
    /// Queries of a page with a filter: one that hardly anybody passes is answered in time all the same.
    private static let queriesPerPage = 40

    /// One page of an event's attendees, shard after shard, each in the order of addresses.
    ///
    /// - Parameter response: those who answered so; nil for all. A page of these may be short, even empty, and yet have
    ///   a next.
    package func listAttendees(
        _ event: EventUID, from cursor: AttendeeCursor, answered response: Response? = nil, limit: Int,
        consistent: Bool = false
    ) async throws -> AttendeePage {
        var attendees: [Attendee] = []
        var cursor = cursor
        var queries = 0
        while true {
            let partition = Key.attendeePartition(event, shard: cursor.shard)
            var query = DynamoDB.Query(
                table: name, keyCondition: "pk = :pk AND begins_with(sk, :prefix)",
                values: [":pk": .s(partition), ":prefix": .s("attendee#")], limit: limit - attendees.count,
                consistent: consistent, start: cursor.after.map { Key.item(partition, "attendee#\($0)") })
            if let response {
                query.filter = "rsvp = :response"
                query.values[":response"] = .s(response.rawValue)
                // What the filter drops counts as read.
                query.limit = max(limit, 1000)
            }
            let page = try await dynamoDB.query(query)
            queries += 1
            let fitting = page.items.prefix(limit - attendees.count)
            for item in fitting { attendees.append(try AttendeeItem.decode(item)) }
            let last = fitting.count < page.items.count ? fitting.last : page.next
            if let last = last?["sk"]?.string {
                cursor.after = String(last.dropFirst("attendee#".count))
            } else {
                guard cursor.shard + 1 < AttendeeShard.count else {
                    return AttendeePage(attendees: attendees, next: nil)
                }
                cursor = AttendeeCursor(shard: cursor.shard + 1, after: nil)
            }
            let isEnough = attendees.count >= limit || (response != nil && queries >= Self.queriesPerPage)
            if isEnough { return AttendeePage(attendees: attendees, next: cursor) }
        }
    }

    /// What an attendee answered, beside their record.
    package func readAnswers(_ event: EventUID, _ address: EmailAddress) async throws -> AttendeeAnswers {
        func answers(_ prefix: String) async throws -> [PastAnswer] {
            try await dynamoDB.query(
                DynamoDB.Query(
                    table: name, keyCondition: "pk = :pk AND begins_with(sk, :prefix)",
                    values: [
                        ":pk": Key.attendee(event, address)["pk"] ?? "",
                        ":prefix": .s("\(prefix)#\(address.normalized)#"),
                    ], forward: false, limit: AttendeeAnswers.limit)
            ).items.map(AttendeeItem.pastAnswer)
        }
        return AttendeeAnswers(instances: try await answers("reply"), history: try await answers("history"))
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
