import InviteService
import JSON
import LambdaEvents
import LambdaRuntime
import MailMessage
import Store

/// Feedback queue: what SES reports about sent mail, through SNS; and campaigns whose rates are due for a check.
package struct ProcessFeedback: Sendable {
    private let intake: FeedbackIntake
    private let campaigns: CampaignGuard

    package init(intake: FeedbackIntake, campaigns: CampaignGuard) {
        self.intake = intake
        self.campaigns = campaigns
    }

    package static func live(_ environment: Environment) throws -> ProcessFeedback {
        ProcessFeedback(
            intake: FeedbackIntake(
                ports: try .live(environment),
                softBounces: SoftBouncePolicy(
                    limit: try environment.number("SOFT_BOUNCE_LIMIT"),
                    span: try environment.number("SOFT_BOUNCE_DAYS"))),
            campaigns: CampaignGuard(
                ports: try .live(environment),
                policy: CampaignGuard.Policy(
                    leastSent: try environment.number("GUARD_LEAST_SENT"),
                    bounceLimit: try environment.decimal("BOUNCE_LIMIT"),
                    complaintLimit: try environment.decimal("COMPLAINT_LIMIT"),
                    owner: environment["OWNER_ADDRESS"].flatMap { EmailAddress($0) })))
    }

    package func handle(_ event: JSON, _ context: LambdaContext) async throws -> JSON {
        try await QueueBatch.process(event) { message in
            if let check = CampaignCheck(json: message) {
                let outcome = try await campaigns.check(check.campaign)
                LambdaLog.write(
                    .info, "campaign checked",
                    ["campaign": .string(check.campaign), "outcome": .string(String(describing: outcome))])
                return
            }
            let event = try SESSendEvent(message)
            guard let feedback = SendFeedback(event) else {
                LambdaLog.write(
                    .info, "feedback", ["type": .string(event.type), "outcome": "not about one recipient"])
                return
            }
            let outcome = try await intake.run(feedback)
            LambdaLog.write(
                .info, "feedback",
                [
                    "type": .string(event.type), "messageId": .string(event.messageID),
                    "outcome": .string(String(describing: outcome)),
                ])
        }
    }
}

extension SendFeedback {
    /// nil unless the mail went to a single recipient: a report about a mail to several may name more of them than it
    /// is about (a complaint names everybody at the domain), and this server mails each person alone.
    init?(_ event: SESSendEvent) {
        guard event.destination.count == 1, let recipient = EmailAddress(event.destination[0]) else { return nil }
        self.init(
            kind: Kind(event), recipient: recipient, event: event.tags["event"].flatMap { EventUID($0) },
            revision: event.tags["revision"].flatMap { Int($0) } ?? 0, campaign: event.tags["campaign"],
            time: Timestamp.epochSeconds(event.timestamp) ?? WallClock.epochMilliseconds() / 1000)
    }
}

extension SendFeedback.Kind {
    fileprivate init(_ event: SESSendEvent) {
        switch event.type {
        case "Delivery": self = .delivered
        case "Bounce": self = event.bounce.map { .bounced(SendFeedback.Bounce($0)) } ?? .none
        case "Complaint":
            // Somebody who takes a mail out of the spam folder is reported in the same way.
            self = event.complaint?.feedbackType == "not-spam" ? .none : .complained
        case "Reject": self = .rejected
        case "Open": self = .opened
        case "Subscription": self = event.isUnsubscribedFromAll ? .unsubscribed : .none
        default: self = .none
        }
    }
}

extension SendFeedback.Bounce {
    fileprivate init(_ bounce: SESSendEvent.Bounce) {
        let weight: Weight
        switch (bounce.type, bounce.subtype) {
        case (_, "OnAccountSuppressionList"), (_, "Suppressed"): weight = .listed
        case ("Permanent", _): weight = .permanent
        case (_, "MessageTooLarge"), (_, "ContentRejected"), (_, "AttachmentRejected"): weight = .content
        default: weight = .transient
        }
        self.init(
            weight: weight, detail: ([bounce.type, bounce.subtype] + bounce.statuses.prefix(1)).joined(separator: " "))
    }
}
