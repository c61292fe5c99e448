import Audience
import JSON
import Testing

@Suite("What an import says of a list")
struct ImportSummaryTests {
    @Test("is stored and read back")
    func roundTrip() throws {
        var summary = ImportSummary()
        summary.rows = 12
        summary.accepted = 5
        for (count, reason) in DropReason.allCases.enumerated() {
            for _ in 0..<count { summary.drop(reason) }
        }
        summary.add(.init(part: "lists/a/1.gz", line: 3, message: "the @ is missing"))
        summary.add(.init(part: "lists/a/2.gz", line: nil, message: "ends early"))
        summary.sample = ["a***@example.com"]
        #expect(ImportSummary(json: try JSON(parsing: summary.json.text)) == summary)
        #expect(ImportSummary(json: [:]) == ImportSummary())
    }

    @Test("names every reason, also those that never occurred")
    func reasons() {
        let dropped = ImportSummary().json["dropped"]
        #expect(
            dropped == [
                "unreadable": 0, "other_channel": 0, "inactive": 0, "opted_out": 0, "bad_address": 0, "role": 0,
                "disposable": 0, "duplicate": 0, "suppressed": 0, "over_limit": 0,
            ])
    }

    @Test("keeps a problem that ends a file even after too many bad rows")
    func problems() {
        var summary = ImportSummary()
        for line in 1...50 { summary.add(.init(part: "1", line: line, message: "bad row")) }
        #expect(summary.problems.count == ImportSummary.problemLimit)
        summary.add(.init(part: "1", line: 51, message: "truncated"), affectsRest: true)
        #expect(summary.problems.count == ImportSummary.problemLimit)
        #expect(summary.problems.last?.message == "truncated")
        #expect(summary.problems.first?.line == 1)
    }
}
