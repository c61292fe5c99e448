import Foundation
import HTTPTransport
import JSON
import LocalCloud
import Testing

@Suite("The mail service as a sender")
struct MailServiceTests {
    @Test("an accepted mail is in the outbox byte for byte, with its index line")
    func outboxIsExact() async throws {
        let bench = try await MailBench()
        let answer = try await bench.send(
            MailBench.request([
                "ConfigurationSetName": "invites", "EmailTags": [["Name": "campaign", "Value": "c-1"]],
            ]))
        #expect(answer.status == 200)
        let entry = try #require(try bench.entries().first)
        #expect(answer.body["MessageId"]?.string == entry.messageID)
        #expect(entry.messageID.wholeMatch(of: /0100[0-9a-f]{12}-[0-9a-f-]{36}-000000/) != nil)
        #expect(entry.recipients == ["ann@example.net"])
        #expect(entry.from == "no-reply@calendar.example.com")
        #expect(entry.configurationSet == "invites")
        #expect(entry.tags.map(\.name) == ["campaign"] && entry.tags.map(\.value) == ["c-1"])
        #expect(try Outbox.message(of: entry, in: bench.outbox) == Array(MailBench.message.utf8))
        await bench.close()
    }

    @Test("the account tells its limits and what was sent, in recipients")
    func account() async throws {
        let bench = try await MailBench(maximumSendRate: 14, maximum24HourSend: 200)
        _ = try await bench.send(MailBench.request(to: ["a@example.net", "b@example.net"]))
        let answer = try await bench.call("GET", "/v2/email/account")
        #expect(
            answer.body["SendQuota"]
                == (try JSON(
                    parsing: #"{"Max24HourSend":200.0,"MaxSendRate":14.0,"SentLast24Hours":2.0}"#)))
        #expect(answer.body["SendingEnabled"] == true)
        #expect(answer.body["ProductionAccessEnabled"] == true)
        await bench.close()
    }

    @Test("a send above the rate is refused as SES does, and not accepted")
    func rate() async throws {
        let bench = try await MailBench(maximumSendRate: 0.001)
        #expect(try await bench.send(MailBench.request()).status == 200)
        let refused = try await bench.send(MailBench.request())
        #expect(refused.status == 429)
        #expect(refused.type == "TooManyRequestsException")
        #expect(refused.body["message"] == "Maximum sending rate exceeded.")
        #expect(try bench.entries().count == 1)
        await bench.close()
    }

    @Test("a send above the day's quota is refused, also after a restart on the same outbox")
    func dailyQuota() async throws {
        let first = try await MailBench(maximum24HourSend: 2)
        _ = try await first.send(MailBench.request(to: ["a@example.net", "b@example.net"]))
        await first.service.stop()
        let second = try await MailBench(maximum24HourSend: 2, outbox: first.outbox)
        let refused = try await second.send(MailBench.request())
        #expect(refused.status == 429)
        #expect(refused.body["message"] == "Daily message quota exceeded.")
        await second.close()
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let request: JSON
        let status: Int
        let type: String

        init(_ description: String, _ request: JSON, _ status: Int, _ type: String) {
            testDescription = description
            self.request = request
            self.status = status
            self.type = type
        }
    }

    @Test(
        "what SES refuses is refused with its type",
        arguments: [
            Refusal(
                "envelope sender of another domain", MailBench.request(["FromEmailAddress": "a@elsewhere.example"]),
                400, "MessageRejected"),
            Refusal(
                "From of another domain", MailBench.request(message: "From: a@elsewhere.example\r\n\r\n"),
                400, "MessageRejected"),
            Refusal(
                "unknown configuration set", MailBench.request(["ConfigurationSetName": "other"]),
                404, "NotFoundException"),
            Refusal("no From", MailBench.request(message: "Subject: x\r\n\r\n"), 400, "BadRequestException"),
            Refusal(
                "two subjects", MailBench.request(message: "Subject: x\r\n" + MailBench.message),
                400, "BadRequestException"),
            Refusal("no recipient", MailBench.request(to: []), 400, "BadRequestException"),
            Refusal("address without domain", MailBench.request(to: ["no-at-sign"]), 400, "BadRequestException"),
            Refusal("address beyond ASCII", MailBench.request(to: ["jörg@example.net"]), 400, "BadRequestException"),
            Refusal(
                "51 recipients", MailBench.request(to: (0...50).map { "a\($0)@example.net" }),
                400, "BadRequestException"),
            Refusal(
                "tag with a space", MailBench.request(["EmailTags": [["Name": "a b", "Value": "c"]]]),
                400, "BadRequestException"),
            Refusal("simple content", MailBench.request(["Content": ["Simple": [:]]]), 400, "BadRequestException"),
            Refusal(
                "not base64", MailBench.request(["Content": ["Raw": ["Data": "%"]]]), 400, "SerializationException"),
            Refusal("not an object", "x", 400, "SerializationException"),
        ])
    func refusals(refusal: Refusal) async throws {
        let bench = try await MailBench()
        let answer = try await bench.send(refusal.request)
        #expect(answer.status == refusal.status)
        #expect(answer.type == refusal.type)
        #expect(try bench.entries().isEmpty)
        await bench.close()
    }

    @Test("a sender in a subdomain of the verified domain is accepted")
    func subdomain() async throws {
        let bench = try await MailBench()
        #expect(
            try await bench.send(MailBench.request(["FromEmailAddress": "A <a@mail.calendar.example.com>"])).status
                == 200)
        await bench.close()
    }

    @Test("a request without a signature, or signed for another service, is refused")
    func signature() async throws {
        let bench = try await MailBench()
        let unsigned = try await bench.call(
            "POST", "/v2/email/outbound-emails", MailBench.request(), signedFor: nil)
        #expect(unsigned.status == 403 && unsigned.type == "MissingAuthenticationTokenException")
        let other = try await bench.call(
            "POST", "/v2/email/outbound-emails", MailBench.request(), signedFor: "email")
        #expect(other.status == 403 && other.type == "SignatureDoesNotMatch")
        await bench.close()
    }

    @Test("a lost answer is a mail in the outbox and a broken connection")
    func lostAnswer() async throws {
        let bench = try await MailBench()
        await bench.service.account.setFaults(FaultPlan(dropAnswerEvery: 1))
        await #expect(throws: HTTPTransportError.self) { try await bench.send(MailBench.request()) }
        #expect(try bench.entries().count == 1)
        await bench.close()
    }

    @Test("faults are set from outside and come every nth time")
    func faultPlan() async throws {
        let bench = try await MailBench()
        let plan: JSON = [
            "throttleEvery": 2, "failEvery": 3, "delayMilliseconds": 1, "rejectedRecipients": ["Bad@example.net"],
        ]
        #expect(try await bench.call("PUT", "/local/faults", plan, signedFor: nil).status == 204)
        var statuses: [Int] = []
        for _ in 1...6 { statuses.append(try await bench.send(MailBench.request()).status) }
        #expect(statuses == [200, 429, 500, 429, 200, 429])
        #expect(try await bench.send(MailBench.request(to: ["bad@example.net"])).type == "MessageRejected")
        #expect(try await bench.call("PUT", "/local/faults", ["throttelEvery": 2], signedFor: nil).status == 400)
        await bench.close()
    }

    @Test("a paused account refuses everything and says so")
    func paused() async throws {
        let bench = try await MailBench()
        await bench.service.account.setFaults(FaultPlan(isPaused: true))
        #expect(try await bench.send(MailBench.request()).type == "SendingPausedException")
        #expect(try await bench.call("GET", "/v2/email/account").body["SendingEnabled"] == false)
        await bench.close()
    }

    @Test("mail to a suppressed address is accepted and marked")
    func suppression() async throws {
        let bench = try await MailBench()
        #expect(try await bench.call("PUT", "/local/suppression", ["Ann@Example.net"], signedFor: nil).status == 204)
        #expect(try await bench.send(MailBench.request()).status == 200)
        #expect(try bench.entries().first?.suppressed == ["ann@example.net"])
        await bench.close()
    }

    @Test("an outbox goes on after what it holds, a line cut short by a crash included")
    func reopening() async throws {
        let first = try await MailBench()
        _ = try await first.send(MailBench.request())
        await first.service.stop()
        let index = try FileHandle(forWritingTo: first.outbox.appendingPathComponent("index.jsonl"))
        try index.seekToEnd()
        try index.write(contentsOf: Data(#"{"number":2,"ti"#.utf8))
        let second = try await MailBench(outbox: first.outbox)
        _ = try await second.send(MailBench.request())
        #expect(try second.entries().map(\.number) == [1, 2])
        await second.close()
    }
}
