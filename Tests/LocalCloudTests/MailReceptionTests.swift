import JSON
import LocalCloud
import Synchronization
import Testing

@Suite("The mail service as a receiver")
struct MailReceptionTests {
    @Test(
        "a rule is for its addresses, whatever follows a plus, and for its domains",
        arguments: [
            ("rsvp@example.com", "rsvp@example.com", true), ("rsvp@example.com", "RSVP+to.ken@Example.com", true),
            ("rsvp@example.com", "rsvpx@example.com", false), ("rsvp@example.com", "rsvp@sub.example.com", false),
            ("example.com", "any@example.com", true), ("example.com", "any@sub.example.com", false),
            (".example.com", "any@sub.example.com", true), (".example.com", "any@example.com", false),
            ("rsvp+x@example.com", "rsvp+x@example.com", true), ("rsvp+x@example.com", "rsvp+y@example.com", false),
        ])
    func matching(condition: String, address: String, isMatch: Bool) {
        let rule = ReceiptRule(name: "r", recipients: [condition], actions: [])
        #expect(rule.matches(among: [address]) == (isMatch ? [address] : []))
    }

    /// What the actions did, in their order.
    private final class Journal: Sendable {
        let lines = Mutex<[(what: String, content: [UInt8])]>([])
        func add(_ what: String, _ content: [UInt8]) { lines.withLock { $0.append((what, content)) } }
    }

    private func reception(_ journal: Journal) -> MailReception {
        let rules = [
            ReceiptRule(
                name: "create", recipients: ["create@example.com"],
                actions: [
                    .s3(bucket: "data", prefix: "inbound/create/"),
                    .lambda(functionARN: "arn:aws:lambda:us-east-1:1:function:create", invocationType: "Event"),
                ]),
            ReceiptRule(
                name: "rsvp", recipients: ["rsvp@example.com"],
                actions: [.lambda(functionARN: "arn:rsvp", invocationType: "Event")]),
        ]
        return MailReception(region: "us-east-1", rules: rules) { bucket, key, content in
            journal.add("put \(bucket) \(key)", content)
        } invoke: { function, type, payload in
            journal.add("invoke \(function) \(type)", payload)
        }
    }

    private let message = Array("From: Ann <ann@example.net>\nTo: create@example.com\nSubject: a\n b\n\nHello\n".utf8)

    @Test("the message is stored before the function is invoked, under prefix and message id")
    func actions() async throws {
        let journal = Journal()
        let id = try await reception(journal).deliver(
            message, to: ["create@example.com", "other@example.com"], verdicts: MailVerdicts())
        let lines = journal.lines.withLock { $0 }
        #expect(
            lines.map(\.what) == [
                "put data inbound/create/\(id)", "invoke arn:aws:lambda:us-east-1:1:function:create Event",
            ])
        let stored = String(decoding: lines[0].content, as: UTF8.self)
        #expect(stored.hasPrefix("Return-Path: <ann@example.net>\r\nReceived: from mail.example.net"))
        #expect(
            stored.hasSuffix(
                "\r\nFrom: Ann <ann@example.net>\r\nTo: create@example.com\r\nSubject: a\r\n b\r\n\r\nHello\r\n"))
        #expect(!stored.replacing("\r\n", with: "").contains("\n"))
    }

    @Test("mail that no rule takes is refused")
    func noRule() async throws {
        let journal = Journal()
        await #expect(throws: MailReceptionError.noRule(["x@example.com"])) {
            try await reception(journal).deliver(message, to: ["x@example.com"], verdicts: MailVerdicts())
        }
        #expect(journal.lines.withLock { $0.isEmpty })
    }

    @Test("the event has the shape of the Lambda action's, the verdicts and only the matched recipients")
    func event() async throws {
        let journal = Journal()
        var verdicts = MailVerdicts()
        try verdicts.apply("dmarc=FAIL")
        try verdicts.apply("dmarc-policy=reject")
        try verdicts.apply("mail-from=bounce@lists.example.org")
        let id = try await reception(journal).deliver(
            message, to: ["rsvp+token@example.com", "x@example.com"], verdicts: verdicts)
        let event = try JSON(parsing: try #require(journal.lines.withLock { $0.last?.content }))
        let record = try #require(event["Records"]?[0])
        #expect(record["eventSource"] == "aws:ses" && record["eventVersion"] == "1.0")
        let receipt = try #require(record["ses"]?["receipt"]?.object)
        #expect(
            receipt.map(\.name) == [
                "timestamp", "processingTimeMillis", "recipients", "spamVerdict", "virusVerdict", "spfVerdict",
                "dkimVerdict", "dmarcVerdict", "dmarcPolicy", "action",
            ])
        #expect(receipt["recipients"] == ["rsvp+token@example.com"])
        #expect(receipt["dmarcVerdict"] == ["status": "FAIL"] && receipt["dmarcPolicy"] == "reject")
        #expect(receipt["spfVerdict"] == ["status": "PASS"])
        #expect(receipt["action"] == ["type": "Lambda", "functionArn": "arn:rsvp", "invocationType": "Event"])
        let mail = try #require(record["ses"]?["mail"])
        #expect(mail["messageId"]?.string == id)
        #expect(mail["source"] == "bounce@lists.example.org")
        #expect(mail["destination"] == ["rsvp+token@example.com", "x@example.com"])
        #expect(mail["headersTruncated"] == false)
        #expect(mail["commonHeaders"]?["from"] == ["Ann <ann@example.net>"])
        #expect(mail["commonHeaders"]?["subject"] == "a b")
        let headers = (mail["headers"]?.array ?? []).compactMap { $0["name"]?.string }
        #expect(
            headers == [
                "Return-Path", "Received", "X-SES-Spam-Verdict", "X-SES-Virus-Verdict", "Received-SPF",
                "Authentication-Results", "From", "To", "Subject",
            ])
        #expect(
            mail["headers"]?[5]?["value"]?.string?.hasSuffix(
                "dkim=pass header.i=@example.net; dmarc=fail header.from=example.net;") == true)
    }

    @Test("an unknown verdict is named", arguments: ["dmarc", "dmarc=MAYBE", "dnssec=PASS", "dmarc-policy=all"])
    func unknownVerdict(text: String) {
        var verdicts = MailVerdicts()
        #expect(throws: InvalidVerdict.self) { try verdicts.apply(text) }
    }

    @Test("a mail delivered over the door's HTTP request goes the same way")
    func door() async throws {
        let journal = Journal()
        let bench = try await MailBench(reception: reception(journal))
        let accepted = try await bench.call(
            "POST", "/local/deliver?to=rsvp%2Bx%40example.com&verdict=spf%3DFAIL", ["From": "x"], signedFor: nil)
        #expect(accepted.status == 200)
        let event = try JSON(parsing: try #require(journal.lines.withLock { $0.last?.content }))
        #expect(event["Records"]?[0]?["ses"]?["receipt"]?["spfVerdict"]?["status"] == "FAIL")
        #expect(
            try await bench.call("POST", "/local/deliver?to=nobody@example.com", ["From": "x"], signedFor: nil).status
                == 400)
        await bench.close()
    }
}
