import HTTPTransport

/// The wait a response asks for.
enum RetryAfter {
    /// `x-amz-retry-after` in milliseconds, else `Retry-After` in seconds (RFC 9110 section 10.2.3; AWS does not
    /// use its date form).
    static func duration(in response: HTTPResponse) -> Duration? {
        if let milliseconds = response.header("x-amz-retry-after").flatMap({ Int($0) }), milliseconds >= 0 {
            return .milliseconds(min(milliseconds, 86_400_000))
        }
        if let seconds = response.header("Retry-After").flatMap({ Int($0) }), seconds >= 0 {
            return .seconds(min(seconds, 86_400))
        }
        return nil
    }
}
