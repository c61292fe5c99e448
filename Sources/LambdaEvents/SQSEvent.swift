import JSON

/// A batch of messages from an SQS event source.
package struct SQSEvent: Sendable {
    package struct Message: Sendable {
        package var id: String
        package var body: String
        /// How often this message was received, this time included.
        package var receiveCount: Int
        /// Queue ARN.
        package var source: String
    }

    package var messages: [Message]

    package init(_ json: JSON) throws(PayloadError) {
        guard let records = json["Records"]?.array else {
            throw PayloadError(payload: "SQS event", missing: "Records")
        }
        messages = []
        for record in records {
            guard let id = record["messageId"]?.string, let body = record["body"]?.string else {
                throw PayloadError(payload: "SQS event", missing: "messageId or body")
            }
            messages.append(
                Message(
                    id: id, body: body,
                    receiveCount: record["attributes"]?["ApproximateReceiveCount"]?.string.flatMap { Int($0) } ?? 1,
                    source: record["eventSourceARN"]?.string ?? ""))
        }
    }
}

/// The answer of a function whose event source has ReportBatchItemFailures: messages to deliver again.
package struct SQSBatchResponse: Sendable {
    package var failedMessageIDs: [String]

    package init(failedMessageIDs: [String]) { self.failedMessageIDs = failedMessageIDs }

    package var json: JSON {
        ["batchItemFailures": .array(failedMessageIDs.map { ["itemIdentifier": .string($0)] })]
    }
}
