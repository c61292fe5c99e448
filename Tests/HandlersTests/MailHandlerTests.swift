import Handlers
import InviteService
import JSON
import LambdaEvents
import LambdaRuntime
import MailMessage
import Synchronization
import TestSupport
import Testing

@Suite("Functions behind a receipt rule")
struct MailHandlerTests {
    /// The payload of a Lambda action, as SES sends it.
    private func receipt(
        _ recipients: [String], messageID: String = "o3vrnil0e2ic28trm7dfhrc2v0clambda4nbp0g1", dmarc: String = "PASS",
        spam: String = "PASS"
    ) -> JSON {
        [
            "Records": [
                [
                    "eventSource": "aws:ses", "eventVersion": "1.0",
                    "ses": [
                        "mail": [
                            "timestamp": "2026-11-23T08:00:01.000Z", "source": "bob@example.com",
                            "messageId": .string(messageID), "destination": .array(recipients.map { .string($0) }),
                        ],
                        "receipt": [
                            "timestamp": "2026-11-23T08:00:01.000Z", "processingTimeMillis": 574,
                            "recipients": .array(recipients.map { .string($0) }),
                            "spamVerdict": ["status": .string(spam)], "virusVerdict": ["status": "PASS"],
                            "spfVerdict": ["status": "PASS"], "dkimVerdict": ["status": "PASS"],
                            "dmarcVerdict": ["status": .string(dmarc)],
                            "action": ["type": "Lambda", "functionArn": "arn", "invocationType": "Event"],
                        ],
                    ],
                ]
            ]
        ]
    }

    private final class Log: Sendable {
        let events = Mutex<[Event]>([])
        let notices = Mutex<[Notice]>([])
        let answers = Mutex<[ReplyIntake.Answer]>([])
    }

    @Test("make an event of an organizer's mail")
    func eventMail() async throws {
        let log = Log()
        var ports = EventIntake.Ports.unimplemented
        ports.readMail = { id in
            #expect(id == "o3vrnil0e2ic28trm7dfhrc2v0clambda4nbp0g1")
            return try DemoMail.google.bytes
        }
        ports.recording.readEvent = { _ in nil }
        ports.recording.readOrganizer = { _ in nil }
        ports.recording.writeCalendar = { _, _, _ in }
        ports.recording.createEvent = { event, limit in
            #expect(limit == 5)
            log.events.withLock { $0.append(event) }
            return .created
        }
        ports.notify = { notice in log.notices.withLock { $0.append(notice) } }
        let handler = ReceiveEventMail(
            intake: EventIntake(ports: ports, addresses: Samples.addresses, secret: try Samples.secret(), eventLimit: 5)
        )
        #expect(try await handler.handle(receipt(["create@calendar.example.com"]), Samples.context).isNull)
        #expect(log.events.withLock(\.self).first?.summary == "Open office hours: calendars at scale")
        #expect(log.notices.withLock { $0.count } == 1)
    }

    @Test("believe the receipt's verdicts")
    func verdicts() async throws {
        var ports = EventIntake.Ports.unimplemented
        ports.readMail = { _ in try DemoMail.google.bytes }
        ports.recording.readEvent = { _ in nil }
        let handler = ReceiveEventMail(
            intake: EventIntake(ports: ports, addresses: Samples.addresses, secret: try Samples.secret(), eventLimit: 5)
        )
        // Nothing is written for these: the other ports would fail the test.
        _ = try await handler.handle(receipt(["create@calendar.example.com"], dmarc: "FAIL"), Samples.context)
        _ = try await handler.handle(receipt(["create@calendar.example.com"], spam: "FAIL"), Samples.context)
    }

    @Test("take mails that failed before from their queue; only what fails again comes back")
    func retries() async throws {
        struct Outage: Error {}
        let read = Mutex<[String]>([])
        var ports = EventIntake.Ports.unimplemented
        ports.readMail = { id in
            read.withLock { $0.append(id) }
            if id == "second" { throw Outage() }
            return try DemoMail.google.bytes
        }
        ports.recording.readEvent = { _ in nil }
        let handler = ReceiveEventMail(
            intake: EventIntake(ports: ports, addresses: Samples.addresses, secret: try Samples.secret(), eventLimit: 5)
        )
        func message(_ id: String, _ body: JSON) -> JSON {
            [
                "messageId": .string(id), "body": .string(body.text), "eventSource": "aws:sqs",
                "attributes": ["ApproximateReceiveCount": "1"],
            ]
        }
        func failed(_ mail: String) -> JSON {
            [
                "version": "1.0", "requestContext": ["condition": "RetriesExhausted", "approximateInvokeCount": 3],
                "requestPayload": receipt(["create@calendar.example.com"], messageID: mail, dmarc: "FAIL"),
                "responsePayload": ["errorType": "Function.Outage"],
            ]
        }
        let batch: JSON = [
            "Records": [message("a", failed("first")), message("b", failed("second")), message("c", ["other": 1])]
        ]
        let answer = try await handler.handle(batch, Samples.context)
        #expect(answer == ["batchItemFailures": [["itemIdentifier": "b"], ["itemIdentifier": "c"]]])
        #expect(read.withLock(\.self) == ["first", "second"])
    }

    @Test("take a reply to the token in its recipient")
    func replyMail() async throws {
        let event = try Samples.event()
        let bob = try Samples.address("bob@example.com")
        let token = ReplyToken.text(event: event.uid, attendee: bob, secret: try Samples.secret())
        let log = Log()
        var ports = ReplyIntake.Ports.unimplemented
        ports.readMail = { _ in
            var mail = ReplyMail(.outlook, from: "bob@example.com", uid: "rewritten")
            mail.sequence = 1
            return mail.bytes
        }
        ports.readEvent = { $0 == event.uid ? event : nil }
        ports.readAttendee = { _, address in
            Attendee(
                event: event.uid, address: address, name: nil, organizer: event.organizer, domain: event.domain,
                campaign: nil, origin: .vip, delivery: .sent, sentRevision: 1, firstSent: 1, response: .noAction,
                reply: nil, replied: nil, client: nil, comment: nil)
        }
        ports.record = { answer in
            log.answers.withLock { $0.append(answer) }
            return .recorded
        }
        let handler = ReceiveReplyMail(
            intake: ReplyIntake(ports: ports, addresses: Samples.addresses, secret: try Samples.secret()),
            unsubscribing: try unsubscribing())
        let recipients = ["someone@calendar.example.com", "rsvp+\(token.uppercased())@calendar.example.com"]
        _ = try await handler.handle(receipt(recipients, dmarc: "FAIL"), Samples.context)
        let answer = try #require(log.answers.withLock(\.self).first)
        #expect(answer.attendee == bob)
        #expect(answer.response == .accepted)
        #expect(answer.client == "Microsoft Exchange")
        #expect(answer.received > 1_700_000_000)
    }

    private func unsubscribing(_ ports: UnsubscribeMail.Ports = .unimplemented) throws -> UnsubscribeMail {
        UnsubscribeMail(ports: ports, addresses: Samples.addresses, secret: try Samples.secret())
    }

    @Test("to unsubscribe@ take the person off whose link is the subject, or who proves to be the sender")
    func unsubscribe() async throws {
        let done = Unsubscribed()
        let replies = ReceiveReplyMail(
            intake: ReplyIntake(ports: .unimplemented, addresses: Samples.addresses, secret: try Samples.secret()),
            unsubscribing: try unsubscribing(
                .init { address, _ in done.addresses.withLock { $0.append(address.description) } }))
        let bob = try Samples.address("bob@example.com")
        let event = try Samples.event()
        let token = ReplyToken.text(event: event.uid, attendee: bob, secret: try Samples.secret())
        let link = AttendeeLink.text(replyToken: token, attendee: bob)
        func mail(_ subject: String, from: String, dmarc: String) throws -> JSON {
            var record = try #require(
                receipt(["Unsubscribe@calendar.example.com"], dmarc: dmarc)["Records"]?[0]?["ses"]?.object)
            var mail = try #require(record["mail"]?.object)
            mail["commonHeaders"] = ["subject": .string(subject), "from": [.string(from)]]
            record["mail"] = .object(mail)
            return ["Records": [["ses": .object(record)]]]
        }
        _ = try await replies.handle(try mail(link, from: "x@y.example", dmarc: "FAIL"), Samples.context)
        _ = try await replies.handle(try mail("Re: \(link)", from: "x@y.example", dmarc: "FAIL"), Samples.context)
        _ = try await replies.handle(try mail("stop", from: "Cy <cy@y.example>", dmarc: "PASS"), Samples.context)
        _ = try await replies.handle(try mail("stop", from: "Di <di@y.example>", dmarc: "FAIL"), Samples.context)
        #expect(done.addresses.withLock(\.self) == ["bob@example.com", "bob@example.com", "cy@y.example"])
    }

    private final class Unsubscribed: Sendable {
        let addresses = Mutex<[String]>([])
    }

    @Test("fail when the mail is not stored, so that they are invoked again")
    func notStored() async throws {
        var eventPorts = EventIntake.Ports.unimplemented
        eventPorts.readMail = { _ in nil }
        var replyPorts = ReplyIntake.Ports.unimplemented
        replyPorts.readMail = { _ in nil }
        let secret = try Samples.secret()
        let events = ReceiveEventMail(
            intake: EventIntake(ports: eventPorts, addresses: Samples.addresses, secret: secret, eventLimit: 5))
        let replies = ReceiveReplyMail(
            intake: ReplyIntake(ports: replyPorts, addresses: Samples.addresses, secret: secret),
            unsubscribing: try unsubscribing())
        await #expect(throws: EventIntake.Failure.self) {
            try await events.handle(receipt(["create@x.example"]), Samples.context)
        }
        await #expect(throws: ReplyIntake.Failure.self) {
            try await replies.handle(receipt(["rsvp@x.example"]), Samples.context)
        }
    }

    @Test("fail on what is no receipt")
    func otherPayload() async throws {
        let secret = try Samples.secret()
        let handlers: [LambdaRuntime.Handler] = [
            ReceiveEventMail(
                intake: EventIntake(ports: .unimplemented, addresses: Samples.addresses, secret: secret, eventLimit: 5)
            ).handle,
            ReceiveReplyMail(
                intake: ReplyIntake(ports: .unimplemented, addresses: Samples.addresses, secret: secret),
                unsubscribing: try unsubscribing()
            ).handle,
        ]
        for handler in handlers {
            for payload in [[:], .null, ["Records": [[:]]], ["Records": [["ses": ["mail": ["messageId": "m"]]]]]]
                as [JSON]
            {
                await #expect(throws: PayloadError.self) { try await handler(payload, Samples.context) }
            }
        }
    }
}
