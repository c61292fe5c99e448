import AWSClients
import InviteService
import JSON

/// Sends domain messages to SQS.
package struct Queues: Sendable {
    private let sqs: SQS

    package init(sqs: SQS) { self.sqs = sqs }

    package func send(_ message: JSON, to queueURL: String, delay: Duration = .zero) async throws {
        try await send([message], to: queueURL, delay: delay)
    }

    /// Throws unless the queue took every message; some may be in it then, so consumers bear repetition.
    package func send(_ messages: [JSON], to queueURL: String, delay: Duration = .zero) async throws {
        let delaySeconds = Int(delay.components.seconds)
        let refusals = await sqs.sendMessages(
            messages.map { SQS.Message(body: $0.text, delaySeconds: delaySeconds > 0 ? delaySeconds : nil) },
            queueURL: queueURL)
        if let refusal = refusals.first { throw refusal.error }
    }
}
