import Foundation
import ICalendar
import TestSupport

/// A row of `expected.jsonl`: what two other readers make of a file of the corpus.
struct CorpusExpectation: Decodable {
    var file: String
    /// Whether the two readers agree; `nil` when only one of them could read it.
    var agree: Bool?
    var method: String?
    var events: [Event]

    struct Event: Decodable {
        var type: String
        var uid: String?
        var recurrenceId: String?
        var recurrenceTzid: String?
        var sequence: Int?
        var dtstamp: String?
        var dtstart: String?
        var tzid: String?
        var allDay: Bool
        var dtend: String?
        var duration: String?
        var rrule: String?
        var exdates: Int
        var status: String?
        var summary: String?
        var location: String?
        var organizer: String?
        var attendees: [Attendee]
    }

    struct Attendee: Decodable {
        var email: String
        var partstat: String
        var role: String?
        var rsvp: Bool
        var cn: String?
    }

    static func all() throws -> [CorpusExpectation] {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try SharedFiles.text("corpus/expected.jsonl").split(separator: "\n").map {
            try decoder.decode(CorpusExpectation.self, from: Data($0.utf8))
        }
    }
}

extension CorpusExpectation.Event {
    init(_ summary: EventSummary) {
        self.init(
            type: summary.type, uid: summary.uid, recurrenceId: summary.recurrenceID,
            recurrenceTzid: summary.recurrenceTZID, sequence: summary.sequence, dtstamp: summary.dtstamp,
            dtstart: summary.dtstart, tzid: summary.tzid, allDay: summary.allDay, dtend: summary.dtend,
            duration: summary.duration, rrule: summary.rrule, exdates: summary.exdates, status: summary.status,
            summary: summary.summary, location: summary.location, organizer: summary.organizer,
            attendees: summary.attendees.map {
                .init(email: $0.email, partstat: $0.partstat, role: $0.role, rsvp: $0.rsvp, cn: $0.cn)
            })
    }

    /// The fields in which two events differ, with both values.
    func differences(_ other: Self) -> [String] {
        zip(Mirror(reflecting: self).children, Mirror(reflecting: other).children).compactMap { one, other in
            let (mine, theirs) = (String(describing: one.value), String(describing: other.value))
            return mine == theirs ? nil : "\(one.label ?? "?"): \(mine) instead of \(theirs)"
        }
    }
}
