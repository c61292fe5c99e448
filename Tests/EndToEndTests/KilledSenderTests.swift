import Foundation
import InviteService
import JSON
import LocalCloud
import Testing

@Suite("SendInvites killed in mid-campaign", .enabled(if: Project.isReady, "\(Project.hint)"))
struct KilledSenderTests {
    @Test("everybody is invited and the statistics are right after SIGKILL three times", .timeLimit(.minutes(6)))
    func killedThreeTimes() async throws {
        // Short times, so that what a killed process held comes back soon.
        let parameters = ["FunctionTimeout": "5", "QueueVisibilityTimeout": "30", "LeaseSeconds": "10"]
        try await TestStack.with(parameters: parameters, sendRate: 80) { test in
            let event = try await test.createEvent("google-weekly", organizer: "ann@acme.example")
            let key = try await test.key()
            try await test.upload(TestStack.segment(600), to: "lists/killed/part.json")
            let campaign = try await test.startCampaign(event, prefix: "lists/killed/", key: key)
            for threshold in [60, 200, 350] {
                let victim = try await test.eventually("\(threshold) mails and a sender at work", within: .seconds(120))
                {
                    try test.invitedRecipients().count >= threshold
                        ? test.stack.processes.all().first { $0.function.contains("SendInvites") } : nil
                }
                #expect(kill(victim.id, SIGKILL) == 0)
            }
            let end = try await test.campaign(
                campaign, of: event, key: key, reaches: "finished", within: .seconds(240))
            #expect(end["sent"]?.int == 600)
            #expect(end["failed"]?.int == 0)
            let counters = try await test.recount(of: event)
            #expect(counters[.attendees] == 600)
            let recipients = try test.invitedRecipients()
            #expect(Set(recipients).count == 600)
            // Only those in flight when a process died may have the same mail twice: 16 for each.
            #expect(recipients.count <= 600 + 3 * 16)
        }
    }
}
