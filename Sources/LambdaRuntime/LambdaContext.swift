import JSON

/// What the Runtime API says about one invocation beside its event.
package struct LambdaContext: Sendable {
    package var requestID: String
    package var invokedFunctionARN: String
    /// When the platform gives up on this invocation. An answer must be posted before it.
    package var deadline: ContinuousClock.Instant
    package var traceID: String?
    /// The mobile SDK's client context; nil when the caller sent none.
    package var clientContext: JSON?
    /// The Amazon Cognito identity; nil when the caller has none.
    package var identity: JSON?
    package var tenantID: String?

    package init(
        requestID: String, invokedFunctionARN: String = "", deadline: ContinuousClock.Instant, traceID: String? = nil,
        clientContext: JSON? = nil, identity: JSON? = nil, tenantID: String? = nil
    ) {
        self.requestID = requestID
        self.invokedFunctionARN = invokedFunctionARN
        self.deadline = deadline
        self.traceID = traceID
        self.clientContext = clientContext
        self.identity = identity
        self.tenantID = tenantID
    }
}
