import JSON

/// What goes wrong on purpose while mail is sent. Counts start when the plan is set.
package struct FaultPlan: Sendable, Equatable {
    /// Every nth send is refused with TooManyRequestsException.
    package var throttleEvery: Int?
    /// Every nth send ends in a 500 and is not accepted.
    package var failEvery: Int?
    /// Every nth send is accepted, but the connection closes without an answer.
    package var dropAnswerEvery: Int?
    /// How long each send takes.
    package var delay: Duration
    /// Recipients that are refused for good with MessageRejected.
    package var rejectedRecipients: Set<String>
    /// Whether sending is paused for the account.
    package var isPaused: Bool

    package init(
        throttleEvery: Int? = nil, failEvery: Int? = nil, dropAnswerEvery: Int? = nil, delay: Duration = .zero,
        rejectedRecipients: Set<String> = [], isPaused: Bool = false
    ) {
        self.throttleEvery = throttleEvery
        self.failEvery = failEvery
        self.dropAnswerEvery = dropAnswerEvery
        self.delay = delay
        self.rejectedRecipients = rejectedRecipients
        self.isPaused = isPaused
    }

    /// Reads `{"throttleEvery":7,"failEvery":50,"dropAnswerEvery":9,"delayMilliseconds":20,
    /// "rejectedRecipients":["a@example.com"],"paused":false}`, every member optional.
    ///
    /// - Returns: nil when a member is unknown or has the wrong type, so that a misspelt fault is noticed.
    package init?(_ json: JSON) {
        guard let object = json.object else { return nil }
        self.init()
        for member in object {
            switch (member.name, member.value) {
            case ("throttleEvery", let value): throttleEvery = value.int
            case ("failEvery", let value): failEvery = value.int
            case ("dropAnswerEvery", let value): dropAnswerEvery = value.int
            case ("delayMilliseconds", let value):
                guard let milliseconds = value.int, milliseconds >= 0 else { return nil }
                delay = .milliseconds(milliseconds)
            case ("rejectedRecipients", .array(let list)):
                rejectedRecipients = Set(list.compactMap(\.string).map { $0.lowercased() })
            case ("paused", .bool(let value)): isPaused = value
            default: return nil
            }
        }
    }

    /// What happens to the nth send since the plan was set; n counts from 1.
    func fault(ofSend number: Int) -> Fault? {
        func hits(_ every: Int?) -> Bool { every.map { $0 > 0 && number.isMultiple(of: $0) } ?? false }
        if hits(throttleEvery) { return .throttle }
        if hits(failEvery) { return .fail }
        if hits(dropAnswerEvery) { return .dropAnswer }
        return nil
    }

    enum Fault { case throttle, fail, dropAnswer }
}
