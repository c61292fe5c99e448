import Foundation
import InviteService
import JSON
import LocalCloud
import Store
import Testing

@Suite("Campaigns that are steered on the local stack", .serialized, .enabled(if: Project.isReady, "\(Project.hint)"))
struct CampaignControlTests {
    @Test(
        "one goes on after a pause; one that is cancelled mails nobody more, and accounts for everybody",
        .timeLimit(.minutes(5)))
    func cancelled() async throws {
        try await TestStack.with(sendRate: 20) { test in
            let event = try await test.createEvent("google-weekly", organizer: "ann@acme.example")
            let key = try await test.key()
            try await test.upload(TestStack.segment(900), to: "lists/long/part.json")
            let id = try await test.startCampaign(event, prefix: "lists/long/", key: key)
            let path = "/event/\(event)/campaigns/\(id)"
            func progress() async throws -> JSON { try await test.call("GET", path, key: key).body }

            let moving = try await test.eventually("a rate and the time left", within: .seconds(120)) {
                let progress = try await progress()
                return progress["seconds_left"]?.int == nil ? nil : progress
            }
            #expect((moving["remaining"]?.int ?? 0) > 0, "\(moving.text)")
            #expect(moving["rate"]?.number.flatMap(Double.init).map { $0 > 0 && $0 < 100 } == true)

            #expect(try await test.call("POST", path + "/pause", key: key).body["status"] == "paused")
            let before = try test.invitedRecipients().count
            #expect(try await test.call("POST", path + "/resume", key: key).status == 200)
            _ = try await test.eventually("mails after the pause", within: .seconds(120)) {
                try test.invitedRecipients().count > before + 120 ? true : nil
            }

            // Chunks that come up during the pause leave the queue.
            #expect(try await test.call("POST", path + "/pause", key: key).status == 200)
            _ = try await test.eventually("no mail for a while", within: .seconds(90)) {
                let sent = try test.invitedRecipients().count
                try await Task.sleep(for: .seconds(3))
                return try test.invitedRecipients().count == sent ? true : nil
            }
            let sent = try test.invitedRecipients()
            let cancelled = try await test.call("POST", path + "/cancel", key: key)
            #expect(cancelled.status == 200 && cancelled.body["status"] == "cancelled", "\(cancelled.body.text)")
            let end = try await test.eventually("everybody accounted for", within: .seconds(120)) {
                let progress = try await progress()
                return progress["chunks_done"] == progress["chunks"] && progress["remaining"] == 0 ? progress : nil
            }
            #expect(end["status"] == "cancelled")
            #expect(end["sent"]?.int == sent.count)
            #expect(end["skipped"]?["cancelled"]?.int == 900 - sent.count)
            #expect(try test.invitedRecipients() == sent)
            #expect(Set(sent).count == sent.count)
            for verb in ["resume", "pause"] {
                let refused = try await test.call("POST", path + "/" + verb, key: key)
                #expect(refused.status == 409 && refused.body["error"]?["code"] == "campaign_cancelled")
            }
            _ = try await test.recount(of: event)
            let audit = StatisticsAudit(
                table: try test.environment.mainTable(), statistics: try test.environment.statisticsTable())
            #expect(try await audit.all(domain: TestStack.domain).difference == Counters())
        }
    }
}
