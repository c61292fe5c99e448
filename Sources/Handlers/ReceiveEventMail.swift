import InviteService
import JSON
import LambdaEvents
import LambdaRuntime
import Store

/// SES receipt for `create@`: an organizer's mail makes, changes or cancels an event.
package struct ReceiveEventMail: Sendable {
    private let intake: EventIntake

    package init(intake: EventIntake) { self.intake = intake }

    package static func live(_ environment: Environment) async throws -> ReceiveEventMail {
        ReceiveEventMail(
            intake: EventIntake(
                ports: try .live(environment), addresses: try environment.addresses(),
                secret: try await environment.secret(), updates: try environment.updateAudience()))
    }

    package func handle(_ event: JSON, _ context: LambdaContext) async throws -> JSON {
        for record in try SESReceiptEvent(event).records {
            let outcome = try await intake.receive(
                messageID: record.messageID, verdicts: SenderAuthentication.Verdicts(record.verdicts))
            LambdaLog.write(
                .info, "event mail",
                ["messageId": .string(record.messageID), "outcome": .string(String(describing: outcome))])
        }
        return .null
    }
}

extension SenderAuthentication.Verdicts {
    init(_ verdicts: SESReceiptEvent.Verdicts) {
        self.init(spam: verdicts.spam, virus: verdicts.virus, dmarc: verdicts.dmarc)
    }
}
