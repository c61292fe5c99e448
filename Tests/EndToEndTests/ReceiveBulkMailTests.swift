import AWSClients
import Foundation
import HTTPTransport
import InviteService
import JSON
import LocalCloud
import MailMessage
import Store
import Testing

@Suite("Lists by mail on the local stack", .enabled(if: Project.isReady, "\(Project.hint)"))
struct ReceiveBulkMailTests {
    private static let csv = """
        email;name\r\nbob@mail.example;"Doe; Bob"\r\ncyd@mail.example;Cyd\r\nnonsense;X\r\nBob@mail.example;Bob\r\n
        """

    private func mail(subject: String, messageID: String) -> [UInt8] {
        Array(
            """
            From: Bob <bob@contoso.example>
            To: bulk@\(TestStack.domain)
            Subject: \(subject)
            Message-ID: <\(messageID)@contoso.example>
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain

            Here they are.
            --b
            Content-Type: application/vnd.ms-excel
            Content-Disposition: attachment; filename="guests.csv"

            \(Self.csv.replacing("\r\n", with: "\n"))
            --b--

            """.replacing("\n", with: "\r\n").utf8)
    }

    @Test(
        "a list is refused until it is allowed, then sent, answered row by row, and neither sent nor answered twice",
        .timeLimit(.minutes(4)))
    func list() async throws {
        try await TestStack.with { test in
            let event = try await test.createEvent("outlook-zoned", organizer: "bob@contoso.example")
            let address = "bulk@\(TestStack.domain)"
            try await test.deliver(mail(subject: "Guests \(event)", messageID: "one"), to: address)
            _ = try await test.eventually("the refusal") {
                try test.sentMails(to: "bob@contoso.example").first {
                    $0.textBody?.contains("lists-not-allowed") == true
                }
            }
            let owner = try await test.key()
            let allowed = try await test.call(
                "POST", "/system/organizers/bob%40contoso.example", key: owner, body: Array("{\"bulk\":true}".utf8))
            #expect(allowed.status == 200)

            let detailed = "bulk+\(event)@\(TestStack.domain)"
            try await test.deliver(mail(subject: "Guests", messageID: "two"), to: detailed)
            let answer = try await test.eventually("the answer") {
                try test.sentMails(to: "bob@contoso.example").first {
                    $0.subject?.contains("2 accepted, 2 rejected") == true
                }
            }
            let report = try #require(answer.attachedFiles.first { $0.filename == "result.csv" })
            let text = String(decoding: report.bytes, as: UTF8.self)
            #expect(text.contains("guests.csv,2,bob@mail.example,accepted,,\(event)"))
            #expect(text.contains("guests.csv,4,,rejected,the @ is missing,"))
            #expect(
                text.contains("guests.csv,5,Bob@mail.example,rejected,the same address as in line 2 of guests.csv,"))
            let campaign = try #require(answer.textBody?.firstMatch(of: /Campaign: ([0-9a-f]{32})/)).1
            let end = try await test.campaign(String(campaign), of: event, key: owner, reaches: "finished")
            #expect(end["sent"]?.int == 2)
            #expect(Set(try test.invitedRecipients()) == ["bob@mail.example", "cyd@mail.example"])
            let names = try test.sentMails(to: "bob@mail.example").compactMap { $0.to.first?.name }
            #expect(names == ["Doe; Bob"])

            // The same receipt once more.
            let lambda = test.stack.state.lambda(transport: test.transport)
            let stored = try await test.environment.clients.s3.listObjects(
                bucket: try test.environment.required("DATA_BUCKET"), prefix: "inbound/bulk/")
            for object in stored.objects {
                let id = String(object.key.dropFirst("inbound/bulk/".count))
                let payload = Array(Self.receipt(of: id, to: detailed).utf8)
                let name = try #require(test.stack.state.resources["ReceiveBulkMail"])
                _ = try await lambda.invoke(name, payload: payload, timeout: .seconds(30))
            }
            let before = try test.sentMails(to: "bob@contoso.example").count
            // Another notice passes through the queue behind a repeated one.
            _ = try await test.createEvent("google-weekly", organizer: "ann@acme.example")
            #expect(
                try test.sentMails(to: "bob@contoso.example").count {
                    $0.subject?.contains("2 accepted, 2 rejected") == true
                }
                    == 1)
            #expect(try test.invitedRecipients().count == 2)
            #expect(before >= 3)
        }
    }

    private static func receipt(of messageID: String, to recipient: String) -> String {
        """
        {"Records":[{"eventSource":"aws:ses","ses":{"mail":{"messageId":"\(messageID)"},"receipt":{"recipients":\
        ["\(recipient)"],"spamVerdict":{"status":"PASS"},"virusVerdict":{"status":"PASS"},"spfVerdict":\
        {"status":"PASS"},"dkimVerdict":{"status":"PASS"},"dmarcVerdict":{"status":"PASS"}}}}]}
        """
    }
}
