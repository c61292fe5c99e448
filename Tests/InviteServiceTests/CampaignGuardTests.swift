import InviteService
import MailMessage
import Synchronization
import Testing

@Suite("The guard of campaigns")
struct CampaignGuardTests {
    private final class Log: Sendable {
        let notices = Mutex<[Notice]>([])
        let pauses = Mutex<[String]>([])
    }

    private let log = Log()

    private func campaigns(
        _ counters: [CounterName: Int], pause: String? = nil, judged: DeliveryTally = DeliveryTally(),
        owner: String? = "owner@calendar.example.com"
    ) throws -> CampaignGuard {
        let log = log
        return CampaignGuard(
            ports: .init(
                readCampaign: { id in
                    var campaign = try Samples.campaign(id: id)
                    campaign.pause = pause
                    campaign.pauses = 2
                    campaign.chunks = 9
                    campaign.judged = judged
                    return campaign
                },
                readCounters: { _ in counters },
                pause: { _, reason, tally in
                    #expect(tally.sent == counters[.delivery(.sent)])
                    log.pauses.withLock { $0.append(reason) }
                    return true
                },
                notify: { notice in log.notices.withLock { $0.append(notice) } }, now: { 10 }),
            policy: CampaignGuard.Policy(
                leastSent: 200, bounceLimit: 5, complaintLimit: 0.3, owner: try owner.map(Samples.address)))
    }

    @Test(
        "pauses when a rate is exceeded among enough mails",
        arguments: [
            (199, 199, 0, nil), (200, 10, 0, nil), (200, 11, 0, "11 of 200 mails bounced, which is more than 5 %."),
            (300, 0, 1, nil),
            (300, 0, 2, "2 of 300 mails were reported as unwanted, which is more than 0.3 %."), (1000, 50, 3, nil),
        ] as [(Int, Int, Int, String?)])
    func rates(sent: Int, bounced: Int, complained: Int, reason: String?) async throws {
        let campaigns = try campaigns([
            .delivery(.sent): sent, .delivery(.bounced): bounced, .delivery(.complained): complained,
        ])
        let outcome = try await campaigns.check("c1")
        #expect(outcome == reason.map { .paused(reason: $0) } ?? .goesOn)
        #expect(log.pauses.withLock(\.self) == (reason.map { [$0] } ?? []))
        #expect(log.notices.withLock { $0.count } == (reason == nil ? 0 : 2))
    }

    @Test("tells organizer and owner, each once for each pause")
    func notices() async throws {
        let counters: [CounterName: Int] = [.delivery(.sent): 200, .delivery(.bounced): 100]
        for _ in 0..<2 { _ = try await campaigns(counters).check("c1") }
        let notices = log.notices.withLock(\.self)
        #expect(Set(notices.map(\.organizer.description)) == ["ann@acme.example", "owner@calendar.example.com"])
        #expect(Set(notices.map(\.id)) == ["paused.c1.2.0", "paused.c1.2.1"])
        let uid = try #require(EventUID(Samples.uid))
        #expect(
            notices[0].kind
                == .campaignPaused(
                    uid, campaign: "c1", reason: "100 of 200 mails bounced, which is more than 5 %."))
        #expect(try Notice(json: notices[0].json) == notices[0])
    }

    @Test("judges what came since somebody resumed it, and no campaign that is over")
    func resumed() async throws {
        let counters: [CounterName: Int] = [.delivery(.sent): 500, .delivery(.bounced): 60]
        let judged = DeliveryTally(sent: 300, bounced: 50)
        #expect(try await campaigns(counters, judged: judged).check("c1") == .goesOn)
        let worse = counters.merging([.delivery(.bounced): 61]) { $1 }
        #expect(
            try await campaigns(worse, judged: judged).check("c1")
                == .paused(reason: "11 of 200 mails bounced, which is more than 5 %."))
        let over = counters.merging([.finishedChunks: 9]) { $1 }
        #expect(try await campaigns(over).check("c1") == .nothingToPause)
    }

    @Test("leaves a paused campaign alone")
    func paused() async throws {
        let campaigns = try campaigns([.delivery(.sent): 200, .delivery(.bounced): 100], pause: "before")
        #expect(try await campaigns.check("c1") == .nothingToPause)
        #expect(log.notices.withLock { $0.isEmpty })
    }
}
