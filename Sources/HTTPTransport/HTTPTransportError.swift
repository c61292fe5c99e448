/// Why there is no response. The cases tell apart what a caller must know before it tries again.
package enum HTTPTransportError: Error, Sendable, Equatable {
    /// The request cannot be put on the wire as given, for example a line break in a header.
    case invalidRequest(String)
    /// No connection was made, so nothing was sent: safe to repeat.
    case connectionFailed(String)
    /// The request was written, at least in part, and no complete response came: the outcome is unknown.
    case interrupted(String)
    /// The deadline passed after the request was written: the outcome is unknown.
    case deadlineExceeded
    /// The task was cancelled or the transport shut down; if the request was under way, its outcome is unknown.
    case cancelled
    /// The body grew beyond the transport's limit; what the response said before it is known.
    case responseTooLarge(limit: Int, status: Int)
}
