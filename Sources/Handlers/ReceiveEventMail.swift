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
                secret: try await environment.secret(),
                senderPolicy: try environment.value("SENDER_POLICY", standard: .strict),
                updates: try environment.value("UPDATE_AUDIENCE", standard: .everyone),
                eventLimit: try environment.number("EVENT_LIMIT")))
    }

    package func handle(_ event: JSON, _ context: LambdaContext) async throws -> JSON {
        try await ReceiptBatch.process(event) { record in
            let outcome = try await intake.receive(
                messageID: record.messageID, verdicts: SenderAuthentication.Verdicts(record))
            LambdaLog.write(
                .info, "event mail",
                ["messageId": .string(record.messageID), "outcome": .string(String(describing: outcome))])
        }
    }
}

extension SenderAuthentication.Verdicts {
    init(_ verdicts: SESReceiptEvent.Verdicts) {
        self.init(spam: verdicts.spam, virus: verdicts.virus, dmarc: verdicts.dmarc)
    }

    /// With what SPF needs.
    init(_ record: SESReceiptEvent.Record) {
        let verdicts = record.verdicts
        self.init(
            spam: verdicts.spam, virus: verdicts.virus, dmarc: verdicts.dmarc, spf: verdicts.spf, source: record.source)
    }
}
