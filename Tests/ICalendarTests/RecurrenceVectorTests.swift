import ICalendar
import TestSupport
import Testing

/// libical's recurrence vectors: blocks of RRULE, DTSTART and INSTANCES.
private struct Vector: Sendable {
    var rule = ""
    var start = ""
    var instances = ""

    static func all() throws -> [Vector] {
        var result: [Vector] = []
        var vector = Vector()
        for line in try SharedFiles.text("vectors/rrule/libical-icalrecur_test.txt").split(separator: "\n") {
            if line.hasPrefix("RRULE:") {
                vector = Vector(rule: String(line.dropFirst(6)))
            } else if line.hasPrefix("DTSTART:") {
                vector.start = String(line.dropFirst(8))
            } else if line.hasPrefix("INSTANCES:") {
                vector.instances = String(line.dropFirst(10))
                result.append(vector)
            }
        }
        return result
    }
}

@Suite(.enabled(if: SharedFiles.arePresent, "../shared is absent"))
struct RecurrenceVectorTests {
    /// Vectors with another result, and why it is the right one.
    private static let disagreements: [String: String] = [
        "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=30;BYWEEKNO=1;UNTIL=20320101":
            "libical does not implement this combination and says so instead of naming instances.",
        "FREQ=YEARLY;BYWEEKNO=53;INTERVAL=6;BYDAY=TH;COUNT=1": countedFromWeekYear,
        "FREQ=YEARLY;BYWEEKNO=53;INTERVAL=5;BYDAY=TH;COUNT=1": countedFromWeekYear,
    ]

    private static let countedFromWeekYear = """
        The start, 3 January 2027, is in week 53 of 2026, so every 6th year is 2026, 2032 and so on. libical counts from \
        2027 here, but from the year of the week in its own vector for BYDAY=TU,SA from 2 January 2010.
        """

    @Test("rules yield the instances of libical's vectors")
    func vectors() throws {
        let vectors = try Vector.all()
        #expect(vectors.count > 130)
        for vector in vectors where Self.disagreements[vector.rule] == nil {
            guard let rule = RecurrenceRule(vector.rule), let start = DateValue(vector.start) else {
                Issue.record("cannot read \(vector.rule)")
                continue
            }
            let expected = vector.instances.split(separator: ",").map(String.init)
            let found = rule.instances(from: start, limit: expected.count + 1).map(\.text)
            #expect(found == expected, "\(vector.rule) from \(vector.start)")
            #expect(RecurrenceRule(rule.text) == rule)
        }
    }
}
