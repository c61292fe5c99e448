import InviteService
import JSON
import LambdaEvents
import LambdaRuntime
import Store

/// SES receipt for `rsvp@` and `rsvp+token@`: an attendee's answer.
package struct ReceiveReplyMail: Sendable {
    private let intake: ReplyIntake

    package init(intake: ReplyIntake) { self.intake = intake }

    package static func live(_ environment: Environment) async throws -> ReceiveReplyMail {
        ReceiveReplyMail(
            intake: ReplyIntake(
                ports: try .live(environment), addresses: try environment.addresses(),
                secret: try await environment.secret()))
    }

    package func handle(_ event: JSON, _ context: LambdaContext) async throws -> JSON {
        for record in try SESReceiptEvent(event).records {
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
        return .null
    }
}
