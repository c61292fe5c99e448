import InviteService
import JSON
import LambdaEvents
import LambdaRuntime
import Store

/// SES receipt for `bulk@`: an organizer's list becomes campaigns, and an answer that says what became of each row.
package struct ReceiveBulkMail: Sendable {
    private let intake: BulkIntake

    package init(intake: BulkIntake) { self.intake = intake }

    package static func live(_ environment: Environment) throws -> ReceiveBulkMail {
        ReceiveBulkMail(
            intake: BulkIntake(ports: try .live(environment), inviteLimit: try environment.number("INVITE_LIMIT")))
    }

    package func handle(_ event: JSON, _ context: LambdaContext) async throws -> JSON {
        try await ReceiptBatch.process(event) { record in
            let outcome = try await intake.receive(
                messageID: record.messageID, recipients: record.recipients,
                verdicts: SenderAuthentication.Verdicts(record.verdicts))
            LambdaLog.write(
                .info, "bulk mail",
                ["messageId": .string(record.messageID), "outcome": .string(String(describing: outcome))])
        }
    }
}
