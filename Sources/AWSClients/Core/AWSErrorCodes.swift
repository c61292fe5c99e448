/// The codes that SDKs act on. They mean the same in every service that uses them.
enum AWSErrorCodes {
    static let throttling: Set<String> = [
        "BandwidthLimitExceeded", "EC2ThrottledException", "LimitExceededException", "PriorRequestNotComplete",
        "ProvisionedThroughputExceededException", "RequestLimitExceeded", "RequestThrottled",
        "RequestThrottledException", "SlowDown", "ThrottledException", "Throttling", "ThrottlingException",
        "TooManyRequestsException", "TransactionInProgressException",
        // Not in the SDKs' table: another writer holds the item for the moment, and the refusal is just as complete.
        "TransactionConflictException",
    ]

    /// The service gave up before it did anything.
    static let transient: Set<String> = [
        "ConditionalRequestConflict", "OperationAborted", "RequestTimeout", "RequestTimeoutException",
        "ServiceUnavailable",
        "ServiceUnavailableException",
    ]

    static let conditionFailed: Set<String> = ["ConditionalCheckFailedException", "PreconditionFailed"]

    /// May mean that our clock is wrong.
    static let clockSkew: Set<String> = [
        "InvalidSignatureException", "RequestExpired", "RequestInTheFuture", "RequestTimeTooSkewed",
        "SignatureDoesNotMatch",
    ]
}
