import MailMessage

/// What a counter counts for.
package enum CounterScope: Sendable, Hashable {
    case event(EventUID)
    case organizer(EmailAddress)
    case domain(String)
    case campaign(String)
    /// One day (UTC) of a domain, `2026-11-22`.
    case day(domain: String, date: String)

    /// The scope's name, as its counters are stored under it.
    package var text: String {
        switch self {
        case .event(let uid): "event#\(uid)"
        case .organizer(let address): "organizer#\(address.normalized)"
        case .domain(let domain): "domain#\(domain)"
        case .campaign(let id): "campaign#\(id)"
        case .day(let domain, let date): "day#\(domain)#\(date)"
        }
    }
}

/// A counter's name: flat text such as `rsvp.accepted`, as it is stored.
package struct CounterName: Sendable, Hashable, CustomStringConvertible {
    package let text: String

    package init(_ text: String) { self.text = text }

    package var description: String { text }

    package static let events = CounterName("events")
    package static let cancelledEvents = CounterName("events.cancelled")
    /// People an invitation was sent to, and those who answered a forwarded one.
    package static let attendees = CounterName("attendees")
    package static func rsvp(_ response: Response) -> CounterName { CounterName("rsvp.\(response.rawValue)") }
    package static func origin(_ origin: Origin) -> CounterName { CounterName("origin.\(origin.rawValue)") }
    package static func client(_ name: String) -> CounterName { CounterName("prodid.\(name)") }
    /// `sent` counts all that SES took and `delivered` all that arrived, whatever became of them afterwards.
    package static func delivery(_ delivery: Delivery) -> CounterName { CounterName("delivery.\(delivery.rawValue)") }
    package static let receipts = CounterName("receipts")
    package static let opened = CounterName("opened")
    package static let finishedChunks = CounterName("chunks")
    package static let alreadyInvited = CounterName("skipped.already_invited")
    package static let refused = CounterName("skipped.refused")
    package static let skippedAfterCancellation = CounterName("skipped.cancelled")

    /// What becomes of a campaign's recipients; each is counted under one of these.
    static let finished: [CounterName] = [
        .delivery(.sent), .delivery(.failed), .alreadyInvited, .refused, .skippedAfterCancellation,
    ]
}

/// Counter values, or changes of them, by scope. Zeros are not kept, so equal counts compare equal.
package struct Counters: Sendable, Equatable {
    package private(set) var values: [CounterScope: [CounterName: Int]] = [:]

    package init() {}

    package mutating func add(_ amount: Int, _ name: CounterName, to scope: CounterScope) {
        guard amount != 0 else { return }
        let sum = values[scope, default: [:]][name, default: 0] + amount
        values[scope, default: [:]][name] = sum == 0 ? nil : sum
        if values[scope]?.isEmpty == true { values[scope] = nil }
    }

    package mutating func add(_ other: Counters, times factor: Int = 1) {
        for (scope, names) in other.values {
            for (name, amount) in names { add(amount * factor, name, to: scope) }
        }
    }

    package subscript(scope: CounterScope) -> [CounterName: Int] { values[scope] ?? [:] }
}
