import Handlers
import InviteService
import JSON
import LambdaEvents
import LambdaRuntime
import MailMessage
import Synchronization
import Testing

@Suite("Routes that steer campaigns and lift suppressions")
struct CampaignRoutesTests {
    private final class Log: Sendable {
        let lines = Mutex<[String]>([])
        func add(_ line: String) { lines.withLock { $0.append(line) } }
    }

    private let log = Log()

    private func request(_ method: String, _ path: String, key: String? = "owner") -> JSON {
        var headers: JSONObject = [:]
        headers["x-api-key"] = key.map { .string($0) }
        return [
            "version": "2.0", "headers": .object(headers),
            "requestContext": ["http": ["method": .string(method), "path": .string(path), "sourceIp": "192.0.2.1"]],
        ]
    }

    private func answer(
        _ method: String, _ path: String, status: Campaign.Status = .sending, doneChunks: Int = 0, now: Int64 = 7
    ) async throws -> (status: Int?, body: String) {
        let log = log
        var ports = EventAccess.Ports.unimplemented
        ports.readKey = { _ in APIKey(scope: .owner, created: 0, lastUsed: 1_795_348_800) }
        ports.recordKeyUse = { _, _ in }
        ports.readEvent = { _ in try Samples.event() }
        ports.readCampaign = { _ in
            var campaign = try Samples.campaign()
            campaign.status = status
            campaign.chunks = 4
            return campaign
        }
        ports.readCounters = { _ in [.finishedChunks: doneChunks] }
        let access = EventAccess(ports: ports)
        let control = CampaignControl(
            ports: .init(
                pause: { campaign, reason in
                    log.add("pause \(campaign): \(reason)")
                    return true
                },
                endPause: { log.add("resume \($0)") },
                cancel: {
                    log.add("cancel \($0)")
                    return true
                },
                requeue: { log.add("queue \($0.json.text)") }, now: { now }),
            access: access)
        let response = try await EventAPI(
            access: access, campaigns: control,
            campaignStart: CampaignStart(ports: .unimplemented, bucket: "data")
        )
        .handle(request(method, "/event/\(Samples.uid)/campaigns/c1/\(path)"), Samples.context)
        return (response["statusCode"]?.int, response["body"]?.string ?? "")
    }

    @Test("pausing keeps a reason, resuming queues what is not done")
    func pauseAndResume() async throws {
        #expect(try await answer("POST", "pause").status == 200)
        #expect(try await answer("POST", "resume").status == 200)
        #expect(
            log.lines.withLock(\.self) == [
                "pause c1: It was paused through the API.", "resume c1", #"queue {"campaign":"c1","requeue":0}"#,
            ])
    }

    @Test("cancelling stops for good and has what is left counted, while the list is read as well")
    func cancel() async throws {
        for status in [Campaign.Status.importing, .sending, .cancelled] {
            #expect(try await answer("POST", "cancel", status: status).status == 200)
        }
        let once = ["cancel c1", #"queue {"campaign":"c1","requeue":0}"#]
        #expect(log.lines.withLock(\.self) == once + once + once)
        let finished = try await answer("POST", "cancel", doneChunks: 4)
        #expect(finished.status == 409)
        #expect(finished.body.contains("campaign_finished"))
    }

    @Test("nothing of it is possible after a failure, nor going on after the end, nor resuming while the list is read")
    func refused() async throws {
        for (action, status, code) in [
            ("pause", Campaign.Status.failed, "campaign_failed"), ("resume", .failed, "campaign_failed"),
            ("resume", .importing, "campaign_importing"), ("cancel", .failed, "campaign_failed"),
            ("pause", .cancelled, "campaign_cancelled"), ("resume", .cancelled, "campaign_cancelled"),
        ] {
            let answer = try await answer("POST", action, status: status)
            #expect(answer.status == 409)
            #expect(answer.body.contains(code))
        }
        #expect(try await answer("POST", "stop").status == 404)
        #expect(log.lines.withLock { $0.isEmpty })
    }

    @Test("resuming is refused and cancelling queues nothing once the recipients are gone from the bucket")
    func expired() async throws {
        let old = Campaign.chunkDays * 86_400
        let answer = try await answer("POST", "resume", now: old)
        #expect(answer.status == 409)
        #expect(answer.body.contains("campaign_expired"))
        #expect(log.lines.withLock { $0.isEmpty })
        #expect(try await self.answer("POST", "cancel", now: old).status == 200)
        #expect(log.lines.withLock(\.self) == ["cancel c1"])
    }

    private func system(_ method: String, _ path: String, scope: APIKey.Scope = .owner) async throws -> JSON {
        let log = log
        var ports = SuppressionAccess.Ports.unimplemented
        ports.readKey = { _ in APIKey(scope: scope, created: 0, lastUsed: 1_795_348_800) }
        ports.recordKeyUse = { _, _ in }
        ports.list = { after, limit in
            log.add("list \(after?.description ?? "-") \(limit)")
            let bob = try Samples.address("Bob@example.com")
            return SuppressionPage(
                suppressions: [Suppression(address: bob, reason: .complaint, since: 7)], next: bob)
        }
        ports.listAccount = { after, limit in
            log.add("account \(after ?? "-") \(limit)")
            return AccountSuppressionPage(
                entries: [.init(address: "cy@example.com", reason: "bounce", since: 8)], next: "t/1")
        }
        ports.lift = { address, _ in address.description == "bob@example.com" }
        let api = SystemAPI(
            access: SystemAccess(ports: try APIStore().systemPorts, domain: "d"),
            suppressions: SuppressionAccess(ports: ports), webhooks: .unimplemented)
        var event = try #require(request(method, path).object)
        if let cursor = path.split(separator: "?").dropFirst().first {
            let pair = cursor.split(separator: "=")
            event["queryStringParameters"] = .object([String(pair[0]): .string(String(pair[1]))])
            event["requestContext"] = [
                "http": [
                    "method": .string(method), "path": .string(String(path.split(separator: "?")[0])),
                    "sourceIp": "192.0.2.1",
                ]
            ]
        }
        return try await api.handle(.object(event), Samples.context)
    }

    @Test("the owner lists suppressions page by page and lifts one")
    func suppressions() async throws {
        let page = try await system("GET", "/system/suppressions")
        #expect(
            page["body"]
                == #"{"suppressions":[{"address":"Bob@example.com","reason":"complaint","since":7}],"next":"bob@example.com"}"#
        )
        _ = try await system("GET", "/system/suppressions?cursor=bob@example.com")
        #expect(log.lines.withLock(\.self) == ["list - 100", "list bob@example.com 100"])
        let account = try await system("GET", "/system/suppressions?source=account")
        #expect(
            account["body"]
                == #"{"suppressions":[{"address":"cy@example.com","reason":"bounce","since":8}],"next":"t/1"}"#)
        #expect(log.lines.withLock(\.self).last == "account - 100")
        #expect(try await system("GET", "/system/suppressions?source=other")["statusCode"] == 400)
        #expect(try await system("GET", "/system/suppressions?cursor=x")["statusCode"] == 400)
        #expect(try await system("GET", "/system/statistics?date=2026-13-01")["statusCode"] == 400)
        #expect(try await system("DELETE", "/system/suppressions/bob@example.com")["statusCode"] == 204)
        #expect(try await system("DELETE", "/system/suppressions/cy@example.com")["statusCode"] == 404)
        #expect(try await system("DELETE", "/system/suppressions/nobody")["statusCode"] == 400)
        let organizer = APIKey.Scope.organizer(try Samples.address("ann@acme.example"))
        #expect(try await system("GET", "/system/suppressions", scope: organizer)["statusCode"] == 403)
        #expect(try await system("GET", "/system/suppressions?source=account", scope: organizer)["statusCode"] == 403)
    }
}
