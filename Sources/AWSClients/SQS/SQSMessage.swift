extension SQS {
    /// A message to be sent.
    package struct Message: Sendable, Hashable {
        /// At most 1 MiB of UTF-8, of characters XML allows.
        package var body: String
        /// Before it is first delivered, at most 900; nil for the queue's own setting.
        package var delaySeconds: Int?

        package init(body: String, delaySeconds: Int? = nil) {
            self.body = body
            self.delaySeconds = delaySeconds
        }
    }

    /// A message that the queue did not take.
    package struct Refusal: Sendable, Hashable {
        /// The message's place among those given.
        package var index: Int
        package var error: AWSError
    }
}
