import AWSClients
import Foundation
import HTTPTransport
import InviteService
import JSON
import LocalCloud
import MailMessage
import Store
import Testing

@Suite("Change log and recount on the local stack", .serialized, .enabled(if: Project.isReady, "\(Project.hint)"))
struct ChangeLogTests {
    /// The rows of a query over the change log, as Scripts/query-changes prints them.
    private func query(_ sql: String, in folder: URL) throws -> [JSON] {
        let process = Process()
        process.executableURL = Project.root.appendingPathComponent(".venv/bin/python")
        process.arguments = [Project.root.appendingPathComponent("Scripts/query-changes").path, folder.path, sql]
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        let problem = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(String(decoding: problem, as: UTF8.self))")
        return try text.split(separator: UInt8(ascii: "\n")).map { try JSON(parsing: [UInt8]($0)) }
    }

    private func download(_ test: TestStack, to folder: URL) async throws {
        let bucket = try test.environment.required("DATA_BUCKET")
        let page = try await test.environment.clients.s3.listObjects(bucket: bucket, prefix: "changes/")
        for object in page.objects {
            let file = folder.appendingPathComponent(String(object.key.dropFirst("changes/".count)))
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            let content = try await test.environment.clients.s3.getObject(
                bucket: bucket, key: object.key, maximumSize: 1 << 26)
            try Data(content.body).write(to: file)
        }
    }

    @Test("DuckDB counts from the log what the API counts, and a damaged counter is repaired", .timeLimit(.minutes(4)))
    func log() async throws {
        try await TestStack.with { test in
            let event = try await test.createEvent("google-weekly", organizer: "ann@acme.example")
            let key = try await test.key()
            try await test.door.setOutcomes(["person3@mail.example": .bounce, "person4@mail.example": .complaint])
            try await test.upload(TestStack.segment(130), to: "lists/log/part.json")
            let campaign = try await test.startCampaign(event, prefix: "lists/log/", key: key)
            _ = try await test.campaign(campaign, of: event, key: key, reaches: "finished")
            let yes = try #require(
                try test.sentMails(to: "person0@mail.example").first?.textBody?.firstMatch(of: /Yes: (http\S+)/)
            ).1
            #expect(try await test.browse("POST", String(yes), form: "answer=yes").status == 200)
            let statistics = try await test.eventually("outcomes and the answer in the statistics") {
                let statistics = try await test.call("GET", "/event/\(event)/statistics", key: key).body
                let isComplete = statistics["delivery"]?["delivered"] == 129 && statistics["rsvp"]?["accepted"] == 1
                return isComplete ? statistics : nil
            }

            let folder = FileManager.default.temporaryDirectory.appendingPathComponent("log-\(UUID().uuidString)")
            defer { try? FileManager.default.removeItem(at: folder) }
            let row = try await test.eventually("the log") {
                try await download(test, to: folder)
                let row = try query("SELECT * FROM event_statistics", in: folder).first
                return row?["delivered"] == 129 && row?["accepted"] == 1 ? row : nil
            }
            #expect(row["event"]?.string == event)
            #expect(row["attendees"] == statistics["attendees"])
            for name in ["sent", "delivered", "bounced", "complained"] {
                #expect(row[name] == statistics["delivery"]?[name], "\(name)")
            }
            #expect(row["receipts"] == 0)
            let origins = try query("SELECT origin, count(*) AS people FROM attendees GROUP BY origin", in: folder)
            #expect(origins == [["origin": "vip", "people": 130]])
            let events = try query("SELECT event, summary, status FROM events", in: folder)
            #expect(events.count == 1 && events[0]["status"] == "confirmed")

            // Recount of everything, a counter that went wrong, and its repair.
            let audit = StatisticsAudit(
                table: try test.environment.mainTable(), statistics: try test.environment.statisticsTable())
            _ = try await test.eventually("statistics equal to a recount") {
                try await audit.all(domain: TestStack.domain).difference == Counters() ? true : nil
            }
            let uid = try #require(EventUID(event))
            let ann = try #require(EmailAddress("ann@acme.example"))
            var damage = Counters()
            for scope in [CounterScope.event(uid), .organizer(ann), .domain(TestStack.domain)] {
                damage.add(-7, .attendees, to: scope)
                damage.add(3, .rsvp(.declined), to: scope)
            }
            try await audit.repair(damage)
            let finding = try await audit.event(uid)
            #expect(finding.difference[.event(uid)] == [.attendees: 7, .rsvp(.declined): -3])
            let stored = try #require(try await test.environment.mainTable().readEvent(uid))
            try await audit.repair(Recount.spread(finding.difference[.event(uid)], of: stored))
            #expect(try await audit.all(domain: TestStack.domain).difference == Counters())
        }
    }

    @Test("an image that nobody can read is set aside, and what comes after it is counted", .timeLimit(.minutes(2)))
    func unreadable() async throws {
        try await TestStack.with { test in
            let table = try test.environment.required("MAIN_TABLE")
            try await test.environment.clients.dynamoDB.putItem(
                DynamoDB.PutItem(
                    table: table,
                    item: ["pk": "event#0000000000000000000000000000000000000000#00", "sk": "attendee#x@example.com"]))
            let event = try await test.createEvent("google-weekly", organizer: "ann@acme.example")
            let key = try await test.key()
            _ = try await test.eventually("the event in the statistics") {
                try await test.call("GET", "/system/statistics", key: key).body["events"] == 1 ? event : nil
            }
        }
    }
}
