import JSON
import LambdaEvents
import LambdaRuntime

/// Works through the messages of an SQS batch one by one; those that fail are delivered again, the others are done.
enum QueueBatch {
    static func process(_ event: JSON, _ work: (JSON) async throws -> Void) async throws -> JSON {
        try await process(event, countingReceives: { body, _ in try await work(body) })
    }

    /// - Parameter work: is also given how often the message was received, this time included.
    static func process(
        _ event: JSON, countingReceives work: (JSON, _ receiveCount: Int) async throws -> Void
    ) async throws -> JSON {
        var failed: [String] = []
        for message in try SQSEvent(event).messages {
            do {
                try await work(try JSON(parsing: message.body), message.receiveCount)
            } catch {
                LambdaLog.write(
                    .error, "a message failed",
                    [
                        "messageId": .string(message.id), "receiveCount": .int(message.receiveCount),
                        "error": .string(String(describing: error)),
                    ])
                failed.append(message.id)
            }
        }
        return SQSBatchResponse(failedMessageIDs: failed).json
    }
}
