/// A delivery status notification (RFC 3464): what became of a message for each recipient.
package struct DeliveryReport: Sendable {
    package struct Recipient: Sendable, Equatable {
        /// Final-Recipient, or Original-Recipient where that is all there is, without its address type.
        package var address: String
        /// Lower case: `failed`, `delayed`, `delivered`, `relayed` or `expanded`.
        package var action: String
        /// The enhanced status code (RFC 3463), such as `5.1.1`.
        package var status: String
        package var diagnostic: String?

        package init(address: String, action: String, status: String, diagnostic: String? = nil) {
            self.address = address
            self.action = action
            self.status = status
            self.diagnostic = diagnostic
        }
    }

    package var recipients: [Recipient]
    /// The returned message, or the message that its returned header makes; nil when nothing was returned.
    package var original: ParsedMail?
}

extension ParsedMail {
    /// The delivery status the message reports; nil for all other messages.
    package var deliveryReport: DeliveryReport? {
        let leaves = root.leaves.map(\.part)
        guard let status = leaves.first(where: { $0.contentType.mediaType.hasSuffix("/delivery-status") })
        else { return nil }
        var original: ParsedMail?
        for part in leaves where original == nil {
            if case .message(let message) = part.body {
                original = ParsedMail(root: message)
            } else if part.contentType.mediaType == "text/rfc822-headers" {
                original = MailParser.parse(part.bytes)
            }
        }
        // The first group is about the message as a whole, each further one about a recipient.
        let recipients = Self.groups(status.bytes).compactMap(DeliveryReport.Recipient.init)
        return DeliveryReport(recipients: recipients, original: original)
    }

    private static func groups(_ bytes: [UInt8]) -> [HeaderFields] {
        var groups: [HeaderFields] = []
        var group: [UInt8] = []
        func finish() {
            if !group.isEmpty { groups.append(MailParser.parse(group).headers) }
            group = []
        }
        for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            if line.trimmed.isEmpty {
                finish()
            } else {
                group.append(contentsOf: line)
                group.append(0x0A)
            }
        }
        finish()
        return groups
    }
}

extension DeliveryReport.Recipient {
    fileprivate init?(_ fields: HeaderFields) {
        guard let action = fields.first("Action"),
            let recipient = fields.first("Final-Recipient") ?? fields.first("Original-Recipient")
        else { return nil }
        self.init(
            address: Self.untyped(recipient), action: HeaderParameters(parsing: action).value.asciiLowercased,
            status: HeaderParameters(parsing: fields.first("Status") ?? "").value,
            diagnostic: fields.first("Diagnostic-Code").map(Self.untyped))
    }

    /// The value behind its type, `rfc822;` or `smtp;`.
    private static func untyped(_ value: String) -> String {
        guard let semicolon = value.utf8.firstIndex(of: UInt8(ascii: ";")) else { return value }
        return String(decoding: value.utf8[semicolon...].dropFirst().trimmed, as: UTF8.self)
    }
}
