import Foundation
import InviteService
import JSON
import LocalCloud
import MailMessage
import Testing

@Suite("The central path on the local stack", .serialized, .enabled(if: Project.isReady, "\(Project.hint)"))
struct CentralPathTests {
    @Test("keys see what they may, and every bad request gets its answer", .timeLimit(.minutes(2)))
    func access() async throws {
        try await TestStack.with { test in
            let event = try await test.createEvent("apple-all-day", organizer: "carla@estudio.example")
            let path = "/event/\(event)"
            let carla = try await test.key(.organizer(try #require(EmailAddress("Carla@estudio.example"))))
            let bob = try await test.key(.organizer(try #require(EmailAddress("bob@contoso.example"))))
            let summary = try await test.call("GET", path, key: carla)
            #expect(summary.status == 200)
            #expect(summary.body["uid"]?.string == event)
            #expect(summary.body["summary_html"] == "Fiesta de diseño 🎉")
            // 1 May 2027 to 3 May 2027 exclusive.
            #expect(summary.body["dtstart"] == 1_809_129_600)
            #expect(summary.body["dtend"] == 1_809_302_400)
            let expected: [(key: String?, path: String, method: String, body: String, status: Int, code: String)] = [
                (nil, path, "GET", "", 401, "missing_key"), ("cis_wrong", path, "GET", "", 403, "unknown_key"),
                (bob, path, "GET", "", 404, "not_found"),
                (carla, "/event/\(String(repeating: "0", count: 40))", "GET", "", 404, "not_found"),
                (carla, path + "/attendees?limit=0", "GET", "", 400, "bad_request"),
                (carla, path + "/attendees?cursor=!", "GET", "", 400, "bad_request"),
                (carla, path + "/campaigns", "POST", "{", 400, "bad_request"),
                (carla, path + "/campaigns", "POST", "{\"source\":\"s3://other/lists/x/\"}", 400, "unusable_source"),
                (carla, path + "/campaigns/none", "GET", "", 404, "not_found"),
            ]
            for row in expected {
                let answer = try await test.call(row.method, row.path, key: row.key, body: Array(row.body.utf8))
                #expect(answer.status == row.status, "\(row)")
                #expect(answer.body["error"]?["code"]?.string == row.code, "\(row)")
                #expect(answer.body["error"]?["message"]?.string?.isEmpty == false)
            }
        }
    }

    @Test("what cannot be used is answered with what is wrong, and the rest goes on", .timeLimit(.minutes(4)))
    func badInput() async throws {
        try await TestStack.with { test in
            let event = try await test.createEvent("outlook-zoned", organizer: "bob@contoso.example")
            let key = try await test.key()

            // A mail without an invitation, from a proven and from an unproven sender.
            let noCalendar = Array("From: dora@acme.example\r\nSubject: Hello\r\n\r\nPlease make an event.\r\n".utf8)
            let forged = Array("From: erin@acme.example\r\nSubject: Hello\r\n\r\nPlease make an event.\r\n".utf8)
            try await test.deliver(forged, to: "create@\(TestStack.domain)", verdicts: ["dmarc=FAIL", "dkim=FAIL"])
            try await test.deliver(noCalendar, to: "create@\(TestStack.domain)")
            let answer = try await test.eventually("the refusal") { try test.sentMails(to: "dora@acme.example").first }
            #expect(answer.textBody?.contains("no calendar part") == true)
            #expect(try test.sentMails(to: "erin@acme.example").isEmpty)

            // A part that breaks off.
            let zipped = try Self.gzip(TestStack.segment(5000, prefix: "cut"))
            try await test.upload(Array(zipped.prefix(zipped.count / 2)), to: "lists/bad/cut.gz")
            let cut = try await test.startCampaign(event, prefix: "lists/bad/cut", key: key)
            let cutEnd = try await test.campaign(cut, of: event, key: key, reaches: "finished", within: .seconds(120))
            let problem = try #require(cutEnd["import"]?["problems"]?[0])
            #expect(problem["part"] == "lists/bad/cut.gz")
            #expect(problem["message"]?.string?.contains("ends before its gzip data does") == true)
            let complete = try #require(cutEnd["import"]?["accepted"]?.int)
            #expect((100..<5000).contains(complete))
            #expect(cutEnd["sent"]?.int == complete)

            // A list nobody on can be invited, and a prefix with nothing under it.
            let useless =
                "{\"ChannelType\":\"SMS\",\"Address\":\"+49\"}\n{\"ChannelType\":\"EMAIL\",\"Address\":\"x\"}\nnot json\n"
            try await test.upload(Array(useless.utf8), to: "lists/bad/useless.json")
            let none = try await test.startCampaign(event, prefix: "lists/bad/useless", key: key)
            let noneEnd = try await test.campaign(none, of: event, key: key, reaches: "failed")
            #expect(
                noneEnd["failure"]?.string
                    == "No row of the list can be invited: 3 rows were read, 1 unreadable, 1 other_channel, 1 bad_address."
            )
            let empty = try await test.startCampaign(event, prefix: "lists/nothing/", key: key)
            let emptyEnd = try await test.campaign(empty, of: event, key: key, reaches: "failed")
            #expect(emptyEnd["failure"]?.string?.contains("No object lies under s3://") == true)

            // The rest still works.
            _ = try await test.createEvent("google-weekly", organizer: "ann@acme.example")
        }
    }

    @Test("throttling, refusals, lost answers and duplicates end in one invitation for each", .timeLimit(.minutes(4)))
    func faultsOfSES() async throws {
        let parameters = ["FunctionTimeout": "5", "QueueVisibilityTimeout": "30", "LeaseSeconds": "8"]
        try await TestStack.with(parameters: parameters) { test in
            let event = try await test.createEvent("outlook-zoned", organizer: "bob@contoso.example")
            let key = try await test.key()
            try await test.door.setFaults([
                "throttleEvery": 7, "dropAnswerEvery": 90, "rejectedRecipients": ["person5@mail.example"],
            ])
            try await test.upload(TestStack.segment(250), to: "lists/faults/part.json")
            let campaign = try await test.startCampaign(event, prefix: "lists/faults/", key: key)
            let end = try await test.campaign(
                campaign, of: event, key: key, reaches: "finished", within: .seconds(150))
            #expect(end["sent"]?.int == 249)
            #expect(end["failed"]?.int == 1)
            let counters = try await test.recount(of: event)
            #expect(counters[.delivery(.sent)] == 249)
            #expect(counters[.delivery(.failed)] == 1)
            let recipients = try test.invitedRecipients()
            #expect(Set(recipients).count == 249)
            // SES reports what became of a mail whose answer was lost, long before anybody would send it again.
            #expect(recipients.count == 249)

            // The same list again invites nobody twice.
            try await test.door.setFaults([:])
            let before = recipients.count
            let again = try await test.startCampaign(event, prefix: "lists/faults/", key: key)
            let againEnd = try await test.campaign(again, of: event, key: key, reaches: "finished")
            #expect(againEnd["skipped"]?["already_invited"]?.int == 250)
            #expect(try test.invitedRecipients().count == before)
        }
    }

    private static func gzip(_ content: [UInt8]) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-c"]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        DispatchQueue.global().async {
            try? input.fileHandleForWriting.write(contentsOf: Data(content))
            try? input.fileHandleForWriting.close()
        }
        let zipped = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return [UInt8](zipped)
    }
}
