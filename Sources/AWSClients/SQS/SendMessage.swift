import JSON

extension SQS {
    /// Sends any number of messages (`SendMessageBatch`), sending again those refused for a passing reason.
    ///
    /// - Returns: the messages the queue did not take, in order; empty when it took all.
    package func sendMessages(_ messages: [Message], queueURL: String) async -> [Refusal] {
        var refusals: [Refusal] = []
        for batch in MessageBatches.cut(messages, indices: Array(messages.indices)) {
            refusals += await send(batch, of: messages, queueURL: queueURL)
        }
        return refusals
    }

    /// Sends one message.
    package func sendMessage(_ message: Message, queueURL: String) async throws(AWSError) {
        if let refusal = await sendMessages([message], queueURL: queueURL).first { throw refusal.error }
    }

    private func send(_ batch: [Int], of messages: [Message], queueURL: String) async -> [Refusal] {
        var refusals: [Refusal] = []
        var pending = batch
        var attempt = 1
        while true {
            let refused: [Refusal]
            do throws(AWSError) {
                refused = try await sendOnce(pending, of: messages, queueURL: queueURL)
            } catch {
                return (refusals + pending.map { Refusal(index: $0, error: error) }).sorted { $0.index < $1.index }
            }
            refusals += refused.filter { !$0.error.isRetryable }
            pending = refused.filter(\.error.isRetryable).map(\.index)
            if pending.isEmpty { return refusals.sorted { $0.index < $1.index } }
            guard await client.backOff(afterAttempt: attempt) else {
                return (refusals + refused.filter(\.error.isRetryable)).sorted { $0.index < $1.index }
            }
            attempt += 1
        }
    }

    private func sendOnce(
        _ batch: [Int], of messages: [Message], queueURL: String
    ) async throws(AWSError) -> [Refusal] {
        let entries: [JSON] = batch.map { index in
            var entry: JSONObject = ["Id": .string("m\(index)"), "MessageBody": .string(messages[index].body)]
            entry["DelaySeconds"] = messages[index].delaySeconds.map { .int($0) }
            return .object(entry)
        }
        let output = try await call(
            "SendMessageBatch", ["QueueUrl": .string(queueURL), "Entries": .array(entries)])
        var unaccounted = Set(batch)
        for success in output["Successful"]?.array ?? [] {
            if let index = index(of: success) { unaccounted.remove(index) }
        }
        var refusals: [Refusal] = []
        for failure in output["Failed"]?.array ?? [] {
            guard let index = index(of: failure), unaccounted.remove(index) != nil else { continue }
            let error = client.error(
                "SendMessageBatch", code: failure["Code"]?.string ?? "Unknown",
                message: failure["Message"]?.string ?? "",
                kind: failure["SenderFault"]?.bool == true ? .client : .transient)
            refusals.append(Refusal(index: index, error: error))
        }
        // Neither taken nor refused by name: as good as refused, since a message may come twice but never be lost.
        for index in unaccounted.sorted() {
            let error = client.error(
                "SendMessageBatch", code: "Unaccounted", message: "missing in the answer", kind: .transient)
            refusals.append(Refusal(index: index, error: error))
        }
        return refusals
    }

    private func index(of entry: JSON) -> Int? { (entry["Id"]?.string?.dropFirst()).flatMap { Int($0) } }
}
