/// A rule for mail that comes in, as the template has it (`AWS::SES::ReceiptRule`), every name resolved.
package struct ReceiptRule: Sendable, Equatable {
    package enum Action: Sendable, Equatable {
        /// Stores the message under prefix + message id.
        case s3(bucket: String, prefix: String)
        case lambda(functionARN: String, invocationType: String)
    }

    package var name: String
    /// Addresses, domains (`example.com`) or subdomains (`.example.com`); none is everything.
    package var recipients: [String]
    /// In the order they are carried out.
    package var actions: [Action]

    package init(name: String, recipients: [String], actions: [Action]) {
        self.name = name
        self.recipients = recipients
        self.actions = actions
    }

    /// Those of the addresses that the rule is for.
    package func matches(among addresses: [String]) -> [String] {
        guard !recipients.isEmpty else { return addresses }
        return addresses.filter { address in recipients.contains { ReceiptRule.matches(address, condition: $0) } }
    }

    /// `rsvp@example.com` is also for `rsvp+anything@example.com`.
    private static func matches(_ address: String, condition: String) -> Bool {
        let address = address.lowercased()
        let condition = condition.lowercased()
        guard let at = address.lastIndex(of: "@") else { return false }
        let domain = address[address.index(after: at)...]
        if condition.hasPrefix(".") { return domain.hasSuffix(condition) }
        guard condition.contains("@") else { return domain == condition }
        let mailbox = address[..<at].prefix { $0 != "+" }
        return address == condition || "\(mailbox)@\(domain)" == condition
    }
}
