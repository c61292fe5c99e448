/// Cuts messages into batches that SQS takes in one call.
enum MessageBatches {
    static let maximumCount = 10
    /// Bodies of one batch together, in bytes.
    static let maximumSize = 1 << 20

    /// The messages' places, in order. One too large on its own gets a batch of its own, for the service to refuse.
    static func cut(_ messages: [SQS.Message], indices: [Int]) -> [[Int]] {
        var batches: [[Int]] = []
        var size = 0
        for index in indices {
            let length = messages[index].body.utf8.count
            if let last = batches.last, last.count < maximumCount, size + length <= maximumSize {
                batches[batches.count - 1].append(index)
                size += length
            } else {
                batches.append([index])
                size = length
            }
        }
        return batches
    }
}
