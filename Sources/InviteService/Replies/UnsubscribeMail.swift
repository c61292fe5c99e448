import MailMessage

/// Mail to `unsubscribe@`, which mail programs send for people who unsubscribe there (RFC 2369): the subject is the link
/// from their invitation. Nothing else of the mail is needed, so it is not kept.
package struct UnsubscribeMail: Sendable {
    package struct Ports: Sendable {
        package var unsubscribe: @Sendable (EmailAddress, _ now: Int64) async throws -> Void

        package init(unsubscribe: @escaping @Sendable (EmailAddress, _ now: Int64) async throws -> Void) {
            self.unsubscribe = unsubscribe
        }
    }

    package enum Outcome: Sendable, Equatable {
        case unsubscribed
        /// Neither a link nor a sender who is who they say.
        case notProven
    }

    private let ports: Ports
    private let addresses: MailAddresses
    private let secret: ServiceSecret

    package init(ports: Ports, addresses: MailAddresses, secret: ServiceSecret) {
        self.ports = ports
        self.addresses = addresses
        self.secret = secret
    }

    package func isFor(_ recipients: [String]) -> Bool {
        recipients.contains { $0.lowercased() == addresses.unsubscribe }
    }

    /// - Parameters:
    ///   - subject: whatever else mail programs and people make of it.
    ///   - from: the mailboxes of From.
    ///   - isAuthenticated: whether DMARC passed for From's domain.
    ///   - now: epoch seconds.
    package func receive(
        subject: String, from: [String], isAuthenticated: Bool, now: Int64
    ) async throws -> Outcome {
        let words = subject.split { $0 == " " || $0 == "\t" }.map(String.init)
        if let link = words.lazy.compactMap({ AttendeeLink($0, secret: secret) }).first {
            try await ports.unsubscribe(link.attendee, now)
            return .unsubscribed
        }
        guard isAuthenticated, from.count == 1, let sender = AddressList.parse(from[0]).first?.address else {
            return .notProven
        }
        try await ports.unsubscribe(sender, now)
        return .unsubscribed
    }
}
