import JSON

/// A refusal in the words and with the status of SES v2.
package struct SESError: Error, Sendable, Equatable {
    package let status: Int
    package let code: String
    package let message: String

    package init(_ status: Int, _ code: String, _ message: String) {
        self.status = status
        self.code = code
        self.message = message
    }

    /// REST-JSON errors name their type in a header; clients that look for it in the body find it there too.
    var response: ServedResponse {
        .json(
            ["__type": .string(code), "message": .string(message)], status: status,
            headers: [("x-amzn-ErrorType", code)])
    }

    static let sendingRateExceeded = SESError(429, "TooManyRequestsException", "Maximum sending rate exceeded.")
    static let dailyQuotaExceeded = SESError(429, "TooManyRequestsException", "Daily message quota exceeded.")
    static let sendingPaused = SESError(
        400, "SendingPausedException", "Email sending is disabled for this account.")
    static let missingAuthentication = SESError(
        403, "MissingAuthenticationTokenException", "Missing Authentication Token")

    static func badRequest(_ message: String) -> SESError { SESError(400, "BadRequestException", message) }

    static func notVerified(_ identity: String, region: String) -> SESError {
        SESError(
            400, "MessageRejected",
            "Email address is not verified. The following identities failed the check in region "
                + "\(region.uppercased()): \(identity)")
    }

    static func noConfigurationSet(_ name: String) -> SESError {
        SESError(404, "NotFoundException", "Configuration set <\(name)> does not exist.")
    }
}
