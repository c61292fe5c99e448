import AWSClients
import InviteService

extension FeedbackIntake.Ports {
    /// Seconds until a campaign's rates are checked: the statistics have counted its bounces by then.
    private static let checkDelay = Duration.seconds(15)

    package static func live(_ environment: Environment) throws -> FeedbackIntake.Ports {
        let table = try environment.mainTable()
        let queues = Queues(sqs: environment.clients.sqs)
        let feedbackQueue = try environment.required("FEEDBACK_QUEUE_URL")
        return FeedbackIntake.Ports(
            recordOutcome: { try await table.recordOutcome($0, $1, $2) },
            recordOpening: { try await table.recordOpening($0, $1, at: $2) },
            suppress: { try await table.suppress($0) },
            addSoftBounce: { try await table.addSoftBounce($0, day: $1) },
            forgetSoftBounces: { try await table.forgetSoftBounces($0, days: $1) },
            unsubscribe: { try await table.unsubscribe($0, now: $1) },
            scheduleCheck: {
                try await queues.send(CampaignCheck(campaign: $0).json, to: feedbackQueue, delay: checkDelay)
            })
    }
}

extension CampaignGuard.Ports {
    package static func live(_ environment: Environment) throws -> CampaignGuard.Ports {
        let table = try environment.mainTable()
        let statistics = try environment.statisticsTable()
        let queues = Queues(sqs: environment.clients.sqs)
        let noticeQueue = try environment.required("NOTICE_QUEUE_URL")
        return CampaignGuard.Ports(
            readCampaign: { try await table.readCampaign($0) },
            readCounters: { try await statistics.readCounters($0) },
            pause: { try await table.pauseCampaign($0, reason: $1, judged: $2) },
            notify: { try await queues.send($0.json, to: noticeQueue) }, now: Environment.now)
    }
}
