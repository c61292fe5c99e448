import JSON

/// Amazon SQS, JSON protocol. A message may be sent twice when an answer is lost: queues deliver at least once anyway.
package struct SQS: Sendable {
    let client: AWSClient

    func call(_ operation: String, _ input: JSONObject) async throws(AWSError) -> JSON {
        try await client.call(operation, target: "AmazonSQS", input)
    }
}
