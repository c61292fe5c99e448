import JSON

/// The receiving side of a mail account: carries out the template's receipt rules.
package struct MailReception: Sendable {
    /// Stores an object: bucket, key, content.
    package typealias Store = @Sendable (String, String, [UInt8]) async throws -> Void
    /// Invokes a function: ARN, invocation type, payload.
    package typealias Invoke = @Sendable (String, String, [UInt8]) async throws -> Void

    private let region: String
    private let rules: [ReceiptRule]
    private let store: Store
    private let invoke: Invoke

    /// - Parameter rules: in the order of their rule set.
    package init(region: String, rules: [ReceiptRule], store: @escaping Store, invoke: @escaping Invoke) {
        self.region = region
        self.rules = rules
        self.store = store
        self.invoke = invoke
    }

    /// Whether a rule is for the address.
    package func takes(_ recipient: String) -> Bool { rules.contains { !$0.matches(among: [recipient]).isEmpty } }

    /// Takes a message in and carries out every rule that is for one of the recipients.
    ///
    /// - Returns: the message id.
    /// - Throws: `MailReceptionError.noRule` when no rule is for any of them (SES refuses such mail in the SMTP
    ///   dialogue), or what an action threw.
    package func deliver(_ message: [UInt8], to recipients: [String], verdicts: MailVerdicts) async throws -> String {
        let mail = ReceivedMail(
            message: message, recipients: recipients, verdicts: verdicts, region: region,
            messageID: Identifiers.receivedMail(), time: Timestamp.milliseconds())
        let matches = rules.map { ($0, $0.matches(among: recipients)) }.filter { !$0.1.isEmpty }
        guard !matches.isEmpty else { throw MailReceptionError.noRule(recipients) }
        for (rule, matched) in matches {
            for action in rule.actions {
                switch action {
                case .s3(let bucket, let prefix): try await store(bucket, prefix + mail.messageID, mail.bytes)
                case .lambda(let function, let invocationType):
                    let event = ReceiptEvent.json(
                        for: mail, recipients: matched, functionARN: function, invocationType: invocationType)
                    try await invoke(function, invocationType, event.bytes)
                }
            }
        }
        return mail.messageID
    }
}

package enum MailReceptionError: Error, Sendable, Equatable, CustomStringConvertible {
    case noRule([String])

    package var description: String {
        switch self {
        case .noRule(let recipients): "550 5.1.1 no receipt rule takes mail for \(recipients.joined(separator: ", "))"
        }
    }
}
