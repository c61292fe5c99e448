import Foundation
import ICalendar
import Testing

/// A line of expected.jsonl: what two independent readers made of a file.
private struct Expectation: Decodable {
    var file: String
    /// Whether the two readers agree; `nil` when only one of them read it.
    var agree: Bool?
    var method: String?
    var events: [Event]

    struct Event: Decodable, Equatable {
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

    struct Attendee: Decodable, Equatable {
        var email: String
        var partstat: String?
        var role: String?
        var rsvp: Bool
        var cn: String?
    }
}

extension Expectation.Event {
    fileprivate init(_ summary: EventSummary) {
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
    fileprivate func differences(_ other: Self) -> [String] {
        zip(Mirror(reflecting: self).children, Mirror(reflecting: other).children).compactMap { one, other in
            let (mine, theirs) = (String(describing: one.value), String(describing: other.value))
            return mine == theirs ? nil : "\(one.label ?? "?"): \(mine) instead of \(theirs)"
        }
    }
}

@Suite(.enabled(if: SharedFiles.arePresent, "../shared is absent"))
struct CorpusTests {
    /// Files that are read differently on purpose, and why.
    private static let disagreements: [String: String] = [
        "ics/059_icalendar_parsing_error.ics":
            "It has an EXDATE without a value. That excludes no date, so there is one exclusion, not two.",
        "ics/164_akonadi-calendar_bug235749.ics":
            "An attendee is mailto:mailto:someone. Taken literally nobody could ever match that address.",
        "ics/226_bluemindfork_summary_specialchars.ics":
            "CN=John,Smith lacks quotation marks. CN has one value, so the comma is part of the name.",
    ]

    private static func expectations() throws -> [Expectation] {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try SharedFiles.text("corpus/expected.jsonl").split(separator: "\n").map {
            try decoder.decode(Expectation.self, from: Data($0.utf8))
        }.filter { $0.file.hasSuffix(".ics") }
    }

    @Test("every calendar of the corpus is read as its two other readers agree it should be")
    func expectedEvents() throws {
        let rows = try Self.expectations()
        #expect(rows.count > 80)
        for row in rows where row.agree == true {
            let calendars = ICalendar.parse(try SharedFiles.bytes("corpus/\(row.file)")).calendars
            let events = calendars.flatMap(EventSummary.all).map(Expectation.Event.init)
            #expect(calendars.first?.first("METHOD")?.value == row.method, "\(row.file)")
            #expect(events.count == row.events.count, "\(row.file)")
            let differences = zip(events, row.events).flatMap { $0.differences($1) }
            let isArgued = Self.disagreements[row.file] != nil
            #expect(differences.isEmpty != isArgued, "\(row.file): \(differences.joined(separator: "; "))")
        }
    }

    @Test("every calendar of the corpus survives writing and reading, in lines of at most 75 octets")
    func roundTrip() throws {
        for name in SharedFiles.names(in: "corpus/ics") {
            let parsed = ICalendar.parse(try SharedFiles.bytes("corpus/ics/\(name)"))
            for calendar in parsed.calendars {
                let written = ICalendar.serialize(calendar)
                #expect(physicalLines(written).allSatisfy { $0.count <= 75 }, "\(name)")
                let again = ICalendar.parse(written)
                #expect(again.problems.isEmpty, "\(name): \(again.problems)")
                #expect(again.calendars.count == 1, "\(name)")
                #expect(again.calendars.first.map(ICalendar.serialize) == written, "\(name)")
                // Control characters are not written: RFC 5545 has no place for them.
                if !written.contains(where: { $0 < 0x20 && $0 != 0x0D && $0 != 0x0A }), !hasControls(calendar) {
                    #expect(again.calendars.first == calendar, "\(name)")
                }
            }
        }
    }

    private func hasControls(_ component: Component) -> Bool {
        component.properties.contains { property in
            (property.value + property.parameters.flatMap(\.values).joined()).utf8.contains {
                $0 < 0x20 && $0 != 0x09 || $0 == 0x7F
            }
        } || component.components.contains(where: hasControls)
    }
}
