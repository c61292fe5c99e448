import JSON

/// Counters in the form the API shows: `{attendees, rsvp{}, origin{}, prodid{}, delivery{}, opened, receipts}`, and for an
/// organizer or a domain `events` and `events_cancelled`.
package struct StatisticsSummary: Sendable, Equatable {
    package var attendees = 0
    /// All there are, cancelled ones included.
    package var events = 0
    package var cancelledEvents = 0
    package var rsvp: [String: Int] = [:]
    package var origin: [String: Int] = [:]
    package var prodid: [String: Int] = [:]
    /// Mails by how far they came: all that SES took are `sent`, all that arrived `delivered`.
    package var delivery: [String: Int] = [:]
    package var opened = 0
    /// Attendees with a calendar receipt: an answer from a calendar, which proves that a copy reached one.
    package var receipts = 0

    package init(_ counters: [CounterName: Int]) {
        // The incumbent's four are always there; `delegated` is beside them once somebody did.
        for response in Response.allCases where response != .delegated { rsvp[response.rawValue] = 0 }
        for state in [Delivery.sent, .delivered, .bounced, .complained, .failed] { delivery[state.rawValue] = 0 }
        for (name, value) in counters {
            let parts = name.text.split(separator: ".", maxSplits: 1).map(String.init)
            switch (parts[0], parts.count > 1 ? parts[1] : nil) {
            case ("attendees", nil): attendees = value
            case ("events", nil): events = value
            case ("events", "cancelled"?): cancelledEvents = value
            case ("rsvp", let key?): rsvp[key] = value
            case ("origin", let key?): origin[key] = value
            case ("prodid", let key?): prodid[key] = value
            case ("delivery", let key?): delivery[key] = value
            case ("opened", nil): opened = value
            case ("receipts", nil): receipts = value
            default: break
            }
        }
    }

    /// Of one event.
    package var json: JSON { .object(members) }

    /// Of an organizer or a domain.
    package var jsonWithEvents: JSON {
        var members = members
        members["events"] = .int(events)
        members["events_cancelled"] = .int(cancelledEvents)
        return .object(members)
    }

    private var members: JSONObject {
        func object(_ counts: [String: Int]) -> JSON {
            var object = JSONObject()
            for (key, value) in counts.sorted(by: { $0.key < $1.key }) { object[key] = .int(value) }
            return .object(object)
        }
        return [
            "attendees": .int(attendees), "rsvp": object(rsvp), "origin": object(origin), "prodid": object(prodid),
            "delivery": object(delivery), "opened": .int(opened), "receipts": .int(receipts),
        ]
    }
}
