import HTTPTransport

/// One operation's request before it is addressed and signed.
struct AWSRequest: Sendable {
    enum Repetition: Sendable {
        /// Doing it twice is as good as doing it once.
        case always
        /// Only when it is certain that nothing was done.
        case whenRefused
        /// As `whenRefused`, but not when it was refused because of the rate, which the caller keeps to.
        case whenRefusedForOtherThanRate
    }

    var operation: String
    var method = "POST"
    /// In front of the endpoint's host, with its dot: `bucket.`
    var hostPrefix = ""
    /// Percent-encoded.
    var path = "/"
    /// Percent-encoded, without the question mark.
    var query = ""
    var headers: [HTTPHeader] = []
    var body: [UInt8] = []
    var repetition = Repetition.always
    /// Time for one attempt, after which the next may begin.
    var attemptTimeout = Duration.seconds(10)
}
