import AWSClients
import Handlers
import InviteService
import JSON
import LambdaEvents
import LambdaRuntime
import MailMessage
import Synchronization
import Testing

@Suite("Functions behind a queue")
struct QueueHandlerTests {
    /// An SQS batch as the event source sends it.
    private func batch(_ bodies: String...) -> JSON {
        [
            "Records": .array(
                bodies.enumerated().map { index, body in
                    [
                        "messageId": .string("m\(index)"), "receiptHandle": "AQEB", "body": .string(body),
                        "attributes": ["ApproximateReceiveCount": "1", "SentTimestamp": "1795348800000"],
                        "messageAttributes": [:], "md5OfBody": "x", "eventSource": "aws:sqs",
                        "eventSourceARN": "arn:aws:sqs:eu-west-1:1:q", "awsRegion": "eu-west-1",
                    ]
                })
        ]
    }

    private func failures(_ response: JSON) -> [String] {
        (response["batchItemFailures"]?.array ?? []).compactMap { $0["itemIdentifier"]?.string }
    }

    private struct Failing: Error {}

    @Test("hand back the messages that failed, and those alone")
    func partialFailures() async throws {
        let done = Log()
        var ports = SegmentImport.Ports.unimplemented
        ports.readCampaign = { id in
            if id == "bad" { throw Failing() }
            done.names.withLock { $0.append(id) }
            return nil
        }
        let handler = importer(ports)
        let response = try await handler.handle(
            batch(
                #"{"campaign":"one"}"#, #"{"campaign":"bad"}"#, "not json", "{}", #"{"campaign":"two"}"#),
            Samples.context)
        #expect(failures(response) == ["m1", "m2", "m3"])
        #expect(done.names.withLock(\.self) == ["one", "two"])
        #expect(try await handler.handle(batch(), Samples.context) == ["batchItemFailures": []])
    }

    private func importer(
        _ ports: SegmentImport.Ports, _ direct: DirectInvitation.Ports = .unimplemented,
        requeue: ChunkRequeue.Ports = .unimplemented
    ) -> ImportSegment {
        ImportSegment(
            segmentImport: SegmentImport(ports: ports, inviteLimit: 1000), requeue: ChunkRequeue(ports: requeue),
            direct: DirectInvitation(ports: direct, inviteLimit: 1000), maximumReceives: 5)
    }

    @Test("queue again what is left of a list that was read before")
    func requeue() async throws {
        let campaign = try {
            var campaign = try Samples.campaign()
            campaign.status = .sending
            campaign.chunks = 3
            return campaign
        }()
        let queued = Log()
        let ports = ChunkRequeue.Ports(
            readCampaign: { _ in campaign }, doneChunks: { _, among in Set(among).intersection([0, 1]) },
            enqueue: { jobs in queued.names.withLock { $0 += jobs.map(\.json.text) } },
            goOn: HandlersTests.unimplemented("goOn"))
        let response = try await importer(.unimplemented, requeue: ports)
            .handle(batch(#"{"campaign":"c1","requeue":1}"#), Samples.context)
        #expect(failures(response).isEmpty)
        #expect(queued.names.withLock(\.self) == [#"{"event":"\#(Samples.uid)","campaign":"c1","chunk":2}"#])
    }

    @Test("give a list up on the last delivery of its message, and no sooner")
    func lastDelivery() async throws {
        let campaign = try {
            var campaign = try Samples.campaign()
            campaign.status = .importing
            return campaign
        }()
        let advanced = Log()
        var ports = SegmentImport.Ports.unimplemented
        ports.readCampaign = { _ in campaign }
        ports.readEvent = { _ in throw Failing() }
        ports.notify = { _ in }
        ports.advance = { campaign, _ in
            advanced.names.withLock { $0.append(campaign.status.rawValue) }
            return true
        }
        for (count, expected) in [(4, []), (5, ["failed"])] {
            let batch: JSON = [
                "Records": [
                    [
                        "messageId": "m", "body": #"{"campaign":"c1"}"#,
                        "attributes": ["ApproximateReceiveCount": .string(String(count))],
                    ]
                ]
            ]
            let response = try await importer(ports).handle(batch, Samples.context)
            #expect(failures(response) == ["m"], "it goes to the dead-letter queue either way")
            #expect(advanced.names.withLock(\.self) == expected)
        }
    }

    @Test("answer a Pinpoint custom channel and a custom action of Amazon Connect for everybody handed over")
    func direct() async throws {
        let event = try Samples.event()
        let (jobs, limits) = (Log(), Log())
        let ports = DirectInvitation.Ports(
            readEvent: { $0 == event.uid ? event : nil },
            readOrganizer: { _ in
                let limit = AWSDeadline.current
                limits.names.withLock {
                    $0.append(limit.map { $0 < .now + .seconds(26) ? "short" : "long" } ?? "none")
                }
                return nil
            }, readPersons: { _ in [:] }, readInvited: { _, _ in [] },
            reserve: { .init(granted: $0.wanted, refused: 0) },
            enqueue: { queued in jobs.names.withLock { $0 += queued.map(\.json.text) } }, notify: { _ in })
        let handler = importer(.unimplemented, ports)
        let pinpoint: JSON = [
            "Message": [:], "Data": .string("event=\(Samples.uid)"), "ApplicationId": "a", "CampaignId": "c",
            "Endpoints": [
                "e1": ["ChannelType": "EMAIL", "Address": "bob@example.com", "EndpointStatus": "ACTIVE"],
                "e2": ["ChannelType": "SMS", "Address": "+34600000000"],
            ],
        ]
        #expect(
            try await handler.handle(pinpoint, Samples.context) == [
                "e1": ["EventAttributes": ["Invitation": "queued"]],
                "e2": ["EventAttributes": ["Invitation": "other_channel"]],
            ])
        let connect: JSON = [
            "InvocationMetadata": ["CampaignContext": ["CampaignName": .string("Tea \(Samples.uid)"), "RunId": "r"]],
            "Items": [
                "CustomerProfiles": [
                    [
                        "ProfileId": "p1", "IdempotencyToken": "t1",
                        "CustomerData":
                            #"{"EmailAddress":"cyd@example.com","FirstName":"Cyd","Address":{"City":"Ulm"}}"#,
                    ],
                    ["ProfileId": "p2", "IdempotencyToken": "t2", "CustomerData": "not json"],
                    [
                        "ProfileId": "p3", "IdempotencyToken": "t3",
                        "CustomerData":
                            #"{"email":"dan@example.com","event":"0000000000000000000000000000000000000000"}"#,
                    ],
                ]
            ],
        ]
        let answer = try await handler.handle(connect, Samples.context)
        #expect(limits.names.withLock(\.self) == ["none", "short"], "Connect waits 30 seconds for an answer")
        let profiles = try #require(answer["Items"]?["CustomerProfiles"]?.array)
        #expect(profiles.map { $0["Id"]?.string } == ["p1", "p2", "p3"])
        #expect(
            profiles.map { $0["ResultData"]?["invitation"]?.string } == ["queued", "other_channel", "unknown_event"])
        #expect(profiles.allSatisfy { $0.bytes.count < 32 << 10 })
        #expect(jobs.names.withLock(\.self).count == 2)
        #expect(jobs.names.withLock(\.self)[0].contains("bob@example.com"))
        #expect(jobs.names.withLock(\.self)[1].contains("\"origin\":\"connect\""))
    }

    @Test("fail on what is no batch")
    func otherPayload() async throws {
        let handlers: [LambdaRuntime.Handler] = [
            importer(.unimplemented).handle,
            NotifyOrganizer(
                notification: OrganizerNotification(
                    ports: .unimplemented, addresses: Samples.addresses, publicURL: "https://api.example.com")
            ).handle,
            SendInvites(sending: try sending(.unimplemented)).handle,
            StageAttendees(staging: AttendeeStaging(ports: .unimplemented)).handle,
        ]
        for handler in handlers {
            for payload in [[:], .null, ["Records": [["messageId": "m"]]]] as [JSON] {
                await #expect(throws: PayloadError.self) { try await handler(payload, Samples.context) }
            }
        }
    }

    private func sending(_ ports: InvitationSending.Ports) throws -> InvitationSending {
        InvitationSending(
            ports: ports, policy: .init(lease: 90), addresses: Samples.addresses,
            links: PublicLinks(url: "https://api.example.com"), secret: try Samples.secret())
    }

    @Test("send chunks, and keep the message of a chunk whose event is not there")
    func sendInvites() async throws {
        let event = try Samples.event(status: .cancelled)
        let campaign = try Samples.campaign()
        let marked = Log()
        var ports = InvitationSending.Ports.unimplemented
        ports.readEvent = { $0 == event.uid ? event : nil }
        ports.readHeads = { _, _ in .init(organizer: nil, campaign: campaign) }
        ports.readChunk = { _, _ in [] }
        ports.readPersons = { _ in [:] }
        ports.markDone = { job in marked.names.withLock { $0.append("\(job.chunk)") } }
        let response = try await SendInvites(sending: try sending(ports)).handle(
            batch(
                #"{"event":"\#(Samples.uid)","campaign":"c1","chunk":4}"#,
                #"{"event":"\#(String(Samples.uid.reversed()))","campaign":"c1","chunk":5}"#, #"{"chunk":1}"#),
            Samples.context)
        #expect(failures(response) == ["m1", "m2"])
        #expect(marked.names.withLock(\.self) == ["4"])
    }

    @Test("send notices, and keep those SES did not take")
    func notifyOrganizer() async throws {
        let event = try Samples.event()
        var ports = OrganizerNotification.Ports.unimplemented
        ports.wasSent = { $0 == "refused.old" }
        ports.readEvent = { _ in event }
        ports.readCalendar = { _ in [] }
        ports.admitRefusal = { _, _ in true }
        ports.readMail = { _ in nil }
        ports.send = { mail in mail.tags.contains { $0.value == "created" } ? .throttled : .sent(messageID: "1") }
        ports.markSent = { _ in }
        let notification = OrganizerNotification(
            ports: ports, addresses: Samples.addresses, publicURL: "https://api.example.com")
        let response = try await NotifyOrganizer(notification: notification).handle(
            batch(
                #"{"organizer":"ann@acme.example","message":"old","refused":{"code":"c","explanation":"e"}}"#,
                #"{"organizer":"ann@acme.example","message":"new","refused":{"code":"c","explanation":"e"}}"#,
                #"{"organizer":"ann@acme.example","message":"n2","created":"\#(Samples.uid)"}"#,
                #"{"organizer":"ann@acme.example"}"#),
            Samples.context)
        #expect(failures(response) == ["m2", "m3"])
    }
}

private final class Log: Sendable {
    let names = Mutex<[String]>([])
}
