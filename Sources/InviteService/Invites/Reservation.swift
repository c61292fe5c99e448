import MailMessage
import SigV4

/// People who are to be invited to an event, counted against its limit once however often that is asked for.
package struct Reservation: Sendable, Equatable {
    package var event: EventUID
    /// Tells it from the event's other reservations.
    package var id: String
    package var wanted: Int
    /// People who may be invited to the event in all.
    package var limit: Int

    /// What became of a reservation when it was first asked for; `granted + refused` were wanted then.
    package struct Outcome: Sendable, Equatable {
        package var granted: Int
        package var refused: Int

        package init(granted: Int, refused: Int) {
            self.granted = granted
            self.refused = refused
        }
    }

    package init(event: EventUID, id: String, wanted: Int, limit: Int) {
        self.event = event
        self.id = id
        self.wanted = wanted
        self.limit = limit
    }

    /// For the new people in a campaign's chunks from one number on.
    package static func id(campaign: String, from chunk: Int) -> String { "\(campaign)#\(chunk)" }

    /// For people named one by one.
    package static func id(of people: some Sequence<EmailAddress>) -> String {
        SHA256.hex(Array(people.map(\.normalized).sorted().joined(separator: "\n").utf8))
    }
}
