import JSON

extension SES {
    /// What the account may send. Quotas count recipients, not mails.
    package struct Account: Sendable, Hashable {
        /// Recipients in 24 hours; nil for no limit.
        package var max24HourSend: Double?
        /// Recipients a second.
        package var maxSendRate: Double
        package var sentLast24Hours: Double
        /// False while the account is paused.
        package var isSendingEnabled: Bool
        /// False in the sandbox, where only verified recipients get mail.
        package var hasProductionAccess: Bool
    }

    /// `GetAccount`.
    package func getAccount() async throws(AWSError) -> Account {
        let response = try await client.send(
            AWSRequest(operation: "GetAccount", method: "GET", path: "/v2/email/account"))
        let output = try client.parse(response, operation: "GetAccount")
        func number(_ name: String) throws(AWSError) -> Double {
            guard let value = output["SendQuota"]?[name]?.number.flatMap({ Double($0) }) else {
                throw client.malformed("GetAccount", "no \(name)")
            }
            return value
        }
        let limit = try number("Max24HourSend")
        return Account(
            max24HourSend: limit < 0 ? nil : limit, maxSendRate: try number("MaxSendRate"),
            sentLast24Hours: try number("SentLast24Hours"),
            isSendingEnabled: output["SendingEnabled"]?.bool ?? true,
            hasProductionAccess: output["ProductionAccessEnabled"]?.bool ?? false)
    }
}
