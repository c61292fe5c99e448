import HTTPTransport
import JSON

/// Amazon SES, API version 2.
package struct SES: Sendable {
    let client: AWSClient
}

extension AWSError {
    /// Whether the account has sent all it may send in 24 hours: trying again soon is of no use, although SES calls it
    /// throttling.
    package var isDailyQuotaExhausted: Bool { kind == .throttled && message.hasPrefix("Daily message quota exceeded") }
}
