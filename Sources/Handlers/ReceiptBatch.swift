import JSON
import LambdaEvents

/// What a function behind a receipt rule works on: a receipt, which SES hands over asynchronously, or receipts that
/// failed before and come back from the queue that is the function's on-failure destination.
enum ReceiptBatch {
    static func process(_ event: JSON, _ work: (SESReceiptEvent.Record) async throws -> Void) async throws -> JSON {
        guard event["Records"]?[0]?["eventSource"]?.string == "aws:sqs" else {
            try await receive(event, work)
            return .null
        }
        return try await QueueBatch.process(event) { body in
            try await receive(try FailedInvocation(body).requestPayload, work)
        }
    }

    private static func receive(_ event: JSON, _ work: (SESReceiptEvent.Record) async throws -> Void) async throws {
        for record in try SESReceiptEvent(event).records { try await work(record) }
    }
}
