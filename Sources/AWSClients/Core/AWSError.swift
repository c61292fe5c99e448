/// Why an AWS call has no result, with what a caller needs to decide what to do.
package struct AWSError: Error, Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        /// Refused because of the rate; nothing was done.
        case throttled
        /// No connection, or the service said it is not available; nothing was done.
        case transient
        /// It may have been carried out or not: the connection broke, time ran out, or the service failed inside.
        case unknownOutcome
        /// A condition of the request did not hold. DynamoDB gives the item it found when it was asked to.
        case conditionFailed(item: DynamoDB.Item?)
        /// Nothing of the transaction was done; one reason for each action, in order.
        case transactionCanceled([DynamoDB.CancellationReason])
        /// Refused for good: the same request will not succeed.
        case client
        /// No time was left to send it; nothing was done.
        case deadline
        /// The task was cancelled; if the request was under way, its outcome is unknown.
        case cancelled
    }

    package let service: String
    package let operation: String
    /// The service's own code, such as `ValidationException`; where there is none, `HTTP` and the status, or what
    /// happened to the connection.
    package let code: String
    /// The service's words. They may hold an address: `description` masks those.
    package let message: String
    package let requestID: String?
    /// Nil when there was no response.
    package let status: Int?
    package let kind: Kind
    /// The wait the service asked for.
    package var retryAfter: Duration?
    /// Sendings that were tried, this one included.
    package var attempts = 0
    /// Whether an earlier attempt of the same call may have been carried out, whatever `kind` says of the last one: a
    /// failed condition can then be our own doing.
    package var followsUnknownOutcome = false

    package init(
        service: String, operation: String, code: String, message: String, requestID: String? = nil,
        status: Int? = nil, kind: Kind
    ) {
        self.service = service
        self.operation = operation
        self.code = code
        self.message = message
        self.requestID = requestID
        self.status = status
        self.kind = kind
    }

    /// Whether the same call may succeed later. After `unknownOutcome` that may mean doing it twice.
    package var isRetryable: Bool {
        switch kind {
        case .throttled, .transient, .unknownOutcome, .deadline: true
        case .transactionCanceled(let reasons): reasons.isOnlyContention
        case .conditionFailed, .client, .cancelled: false
        }
    }
}

extension AWSError: CustomStringConvertible {
    /// One line for a log.
    package var description: String {
        var text = "\(service) \(operation): \(code)"
        if let status { text += " (\(status))" }
        if !message.isEmpty { text += ": \(maskedMessage)" }
        if let requestID { text += " [\(requestID)]" }
        return text
    }

    private var maskedMessage: String {
        message.split(separator: " ").map { $0.contains("@") ? "(address)" : $0 }.joined(separator: " ")
    }
}
