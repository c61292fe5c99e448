import InviteService
import JSON
import LambdaRuntime
import Store

/// Notice queue: tells organizers by mail what became of theirs. Webhook queue: tells webhooks.
package struct NotifyOrganizer: Sendable {
    private let notification: OrganizerNotification
    private let reports: ReportMailing
    private let webhooks: WebhookSending

    package init(notification: OrganizerNotification, reports: ReportMailing, webhooks: WebhookSending) {
        self.notification = notification
        self.reports = reports
        self.webhooks = webhooks
    }

    package static func live(_ environment: Environment) throws -> NotifyOrganizer {
        let (addresses, branding) = (try environment.addresses(), environment.branding())
        let publicURL = try environment.required("PUBLIC_URL")
        return NotifyOrganizer(
            notification: OrganizerNotification(
                ports: try .live(environment), addresses: addresses, publicURL: publicURL, branding: branding),
            reports: ReportMailing(
                ports: try .live(environment), addresses: addresses, publicURL: publicURL, branding: branding,
                rowLimit: try environment.number("REPORT_ROWS")),
            webhooks: WebhookSending(ports: try .live(environment), allowsLoopback: environment.allowsLoopback))
    }

    package func handle(_ event: JSON, _ context: LambdaContext) async throws -> JSON {
        try await QueueBatch.process(event) { message in
            if message["webhook"] != nil {
                let delivery = try WebhookDelivery(json: message)
                let outcome = try await webhooks.run(delivery)
                LambdaLog.write(
                    .info, "webhook", ["id": .string(delivery.id), "outcome": .string(String(describing: outcome))])
                return
            }
            let (id, outcome) = try await tell(message)
            LambdaLog.write(.info, "notice", ["id": .string(id), "outcome": .string(String(describing: outcome))])
        }
    }

    private func tell(_ message: JSON) async throws -> (id: String, OrganizerNotification.Outcome) {
        if let job = try ReportJob(json: message) { return (job.id, try await reports.run(job)) }
        let notice = try Notice(json: message)
        return (notice.id, try await notification.run(notice))
    }
}
