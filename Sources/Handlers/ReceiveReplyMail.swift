import InviteService
import JSON
import LambdaEvents
import LambdaRuntime
import Store

/// SES receipt for `rsvp@` and `rsvp+token@`: an attendee's answer; and for `unsubscribe@`.
package struct ReceiveReplyMail: Sendable {
    private let intake: ReplyIntake
    private let unsubscribing: UnsubscribeMail

    package init(intake: ReplyIntake, unsubscribing: UnsubscribeMail) {
        self.intake = intake
        self.unsubscribing = unsubscribing
    }

    package static func live(_ environment: Environment) async throws -> ReceiveReplyMail {
        let (addresses, secret) = (try environment.addresses(), try await environment.secret())
        return ReceiveReplyMail(
            intake: ReplyIntake(ports: try .live(environment), addresses: addresses, secret: secret),
            unsubscribing: UnsubscribeMail(ports: try .live(environment), addresses: addresses, secret: secret))
    }

    package func handle(_ event: JSON, _ context: LambdaContext) async throws -> JSON {
        try await ReceiptBatch.process(event) { record in
            if unsubscribing.isFor(record.recipients) {
                let outcome = try await unsubscribing.receive(
                    subject: record.subject, from: record.from, isAuthenticated: record.verdicts.dmarc == "PASS",
                    now: WallClock.epochMilliseconds() / 1000)
                LambdaLog.write(
                    .info, "unsubscribing mail",
                    ["messageId": .string(record.messageID), "outcome": .string(String(describing: outcome))])
                return
            }
            let outcomes = try await intake.receive(
                messageID: record.messageID, recipients: record.recipients,
                verdicts: SenderAuthentication.Verdicts(record.verdicts),
                received: WallClock.epochMilliseconds() / 1000)
            LambdaLog.write(
                .info, "reply mail",
                [
                    "messageId": .string(record.messageID),
                    "outcomes": .array(outcomes.map { .string(String(describing: $0)) }),
                ])
        }
    }
}
