import JSON
import LambdaEvents
import LambdaRuntime

/// Works through the messages of an SQS batch one by one; those that fail are delivered again, the others are done.
enum QueueBatch {
    static func process(_ event: JSON, _ work: (JSON) async throws -> Void) async throws -> JSON {
        var failed: [String] = []
        for message in try SQSEvent(event).messages {
            do {
                try await work(try JSON(parsing: message.body))
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
