import Foundation
import JSON

/// The sending side of a mail account: its identities, limits, suppression list, faults and outbox.
package actor MailAccount {
    package struct Configuration: Sendable {
        package var region: String
        /// Verified as an identity, with its subdomains; other senders are refused.
        package var domain: String
        package var configurationSets: Set<String>
        /// Recipients a second.
        package var maximumSendRate: Double
        /// Recipients in any 24 hours; -1 is no limit.
        package var maximum24HourSend: Double

        package init(
            region: String, domain: String, configurationSets: Set<String> = [], maximumSendRate: Double = 100,
            maximum24HourSend: Double = 50_000
        ) {
            self.region = region
            self.domain = domain.lowercased()
            self.configurationSets = configurationSets
            self.maximumSendRate = maximumSendRate
            self.maximum24HourSend = maximum24HourSend
        }
    }

    /// What became of an accepted mail's answer.
    enum Answer: Sendable, Equatable {
        case messageID(String)
        case lost
    }

    private let configuration: Configuration
    private let outbox: Outbox
    /// nil where no configuration set publishes any.
    package nonisolated let events: SendEvents?
    private var quota: SendingQuota
    /// Address -> epoch seconds since when.
    private var suppressed: [String: Double] = [:]
    private var faults = FaultPlan()
    private var sendsUnderPlan = 0

    /// - Throws: when the outbox cannot be read.
    package init(configuration: Configuration, outbox: Outbox, events: SendEvents? = nil) throws {
        self.configuration = configuration
        self.events = events
        self.outbox = outbox
        quota = SendingQuota(
            maximumPerDay: configuration.maximum24HourSend, maximumPerSecond: configuration.maximumSendRate,
            at: Date().timeIntervalSince1970)
        // The day's quota does not start anew with the process.
        for entry in try Outbox.entries(in: outbox.directory) {
            quota.record(recipients: entry.recipients.count, at: Double(entry.time) / 1000)
        }
    }

    /// SendEmail: accepts the mail into the outbox or refuses it.
    func send(_ request: SendEmailRequest) async throws -> Answer {
        sendsUnderPlan += 1
        let fault = faults.fault(ofSend: sendsUnderPlan)
        if faults.delay > .zero { try await Task.sleep(for: faults.delay) }
        try check(request)
        switch fault {
        case .throttle: throw SESError.sendingRateExceeded
        case .fail: throw SESError(500, "InternalFailure", "The request processing has failed.")
        case .dropAnswer, nil: break
        }
        let milliseconds = Timestamp.milliseconds()
        switch quota.admit(recipients: request.recipients.count, at: Double(milliseconds) / 1000) {
        case .rateExceeded: throw SESError.sendingRateExceeded
        case .dailyQuotaExceeded: throw SESError.dailyQuotaExceeded
        case nil: break
        }
        let messageID = Identifiers.sentMail(milliseconds: milliseconds)
        let entry = try await outbox.accept(
            request, messageID: messageID,
            suppressed: request.recipients.filter { suppressed[MailboxText.address(of: $0).lowercased()] != nil },
            milliseconds: milliseconds)
        await events?.accepted(entry, request.message)
        return fault == .dropAnswer ? .lost : .messageID(messageID)
    }

    private func check(_ request: SendEmailRequest) throws(SESError) {
        guard !faults.isPaused else { throw .sendingPaused }
        // The envelope's sender and the header's are identities of their own.
        let header = MessageHeaders(request.message).first("From") ?? ""
        for sender in [request.from, header] where !isVerified(MailboxText.domain(of: sender)) {
            throw .notVerified(MailboxText.address(of: sender), region: configuration.region)
        }
        if let name = request.configurationSet, !configuration.configurationSets.contains(name) {
            throw .noConfigurationSet(name)
        }
        for recipient in request.recipients {
            let address = MailboxText.address(of: recipient).lowercased()
            if faults.rejectedRecipients.contains(address) {
                throw SESError(400, "MessageRejected", "The recipient \(address) is refused.")
            }
        }
    }

    private func isVerified(_ domain: String) -> Bool {
        domain == configuration.domain || domain.hasSuffix(".\(configuration.domain)")
    }

    /// GetAccount.
    func account() -> JSON {
        [
            "DedicatedIpAutoWarmupEnabled": false, "EnforcementStatus": "HEALTHY", "ProductionAccessEnabled": true,
            "SendQuota": quotaJSON(), "SendingEnabled": .bool(!faults.isPaused),
            "SuppressionAttributes": ["SuppressedReasons": ["BOUNCE", "COMPLAINT"]],
        ]
    }

    private func quotaJSON() -> JSON {
        [
            "Max24HourSend": .number("\(quota.maximumPerDay)"), "MaxSendRate": .number("\(quota.maximumPerSecond)"),
            "SentLast24Hours": .number("\(Double(quota.sentLast24Hours(at: Date().timeIntervalSince1970)))"),
        ]
    }

    package func setFaults(_ plan: FaultPlan) {
        faults = plan
        sendsUnderPlan = 0
    }

    package func setQuota(per24Hours: Double, perSecond: Double) {
        quota.setLimits(perDay: per24Hours, perSecond: perSecond, at: Date().timeIntervalSince1970)
    }

    package func suppress(_ addresses: [String]) {
        let now = Date().timeIntervalSince1970
        for address in addresses { suppressed[address.lowercased(), default: now] = now }
    }

    /// ListSuppressedDestinations.
    func suppressedDestinations(after token: String?, limit: Int) -> JSON {
        let rest = suppressed.sorted { $0.key < $1.key }.drop { entry in token.map { entry.key <= $0 } ?? false }
        let page = rest.prefix(limit)
        let next = page.count < rest.count ? page.last?.key : nil
        return [
            "SuppressedDestinationSummaries": .array(
                page.map {
                    ["EmailAddress": .string($0.key), "Reason": "BOUNCE", "LastUpdateTime": .number("\($0.value)")]
                }),
            "NextToken": next.map { .string($0) } ?? .null,
        ]
    }
}
