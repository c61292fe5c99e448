import MailMessage

/// Whether a mail really comes from the address in its From, by what SES found out when it took the mail in.
package enum SenderAuthentication: Sendable, Equatable {
    case authenticated(EmailAddress)
    /// From is missing, not one address, or not proven.
    case unproven
    /// SES found spam or a virus.
    case harmful

    /// What SES found out: `PASS`, `FAIL`, `GRAY` or `PROCESSING_FAILED` each.
    package struct Verdicts: Sendable, Equatable {
        package var spam: String
        package var virus: String
        package var dmarc: String
        package var spf: String
        /// The envelope's sender, which the SPF verdict is about.
        package var source: String

        package init(spam: String, virus: String, dmarc: String, spf: String = "", source: String = "") {
            self.spam = spam
            self.virus = virus
            self.dmarc = dmarc
            self.spf = spf
            self.source = source
        }
    }

    /// DMARC must pass, or a valid DKIM signature must be aligned with From. SES's own DKIM verdict does not say whose
    /// signature was valid, so the domain is read from the Authentication-Results that SES put on top; copies further
    /// down may be the sender's invention.
    package static func of(
        _ mail: ParsedMail, verdicts: Verdicts, policy: SenderPolicy = .strict
    ) -> SenderAuthentication {
        guard verdicts.spam != "FAIL", verdicts.virus != "FAIL" else { return .harmful }
        // With two From fields SES may have proven the one and this server read the other.
        guard let from = claimedSender(of: mail) else { return .unproven }
        if verdicts.dmarc == "PASS" { return .authenticated(from) }
        if verdicts.dmarc == "FAIL" { return .unproven }
        if isSigned(mail, by: from.domain) { return .authenticated(from) }
        return policy == .relaxed && isSent(verdicts, by: from.domain) ? .authenticated(from) : .unproven
    }

    /// The one address in From, proven or not.
    static func claimedSender(of mail: ParsedMail) -> EmailAddress? {
        guard mail.headers.all("From").count == 1, mail.from.count == 1 else { return nil }
        return mail.from.first?.address
    }

    /// Whether SPF passed for the domain, or for one above or below it: those who send for a domain often take bounces
    /// below it.
    private static func isSent(_ verdicts: Verdicts, by domain: String) -> Bool {
        guard verdicts.spf == "PASS", let sender = EmailAddress(verdicts.source)?.domain, sender.contains(".") else {
            return false
        }
        return sender == domain || domain.hasSuffix("." + sender) || sender.hasSuffix("." + domain)
    }

    private static func isSigned(_ mail: ParsedMail, by domain: String) -> Bool {
        guard let results = mail.authenticationResults.first, results.authority == "amazonses.com" else {
            return false
        }
        return results.methods.contains { method in
            method.name == "dkim" && method.result == "pass"
                && ["header.i", "header.d"].contains { name in
                    guard let value = method.property(name) else { return false }
                    let signer = value.split(separator: "@").last.map { $0.lowercased() } ?? ""
                    return signer.contains(".") && (domain == signer || domain.hasSuffix("." + signer))
                }
        }
    }
}
