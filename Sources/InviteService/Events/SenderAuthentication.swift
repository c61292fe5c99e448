import MailMessage

/// Whether a mail really comes from the address in its From, by what SES found out when it took the mail in.
package enum SenderAuthentication: Sendable, Equatable {
    case authenticated(EmailAddress)
    /// From is missing, not one address, or not proven.
    case unproven
    /// SES found spam or a virus.
    case harmful

    /// The verdicts of an SES receipt: `PASS`, `FAIL`, `GRAY` or `PROCESSING_FAILED` each.
    package struct Verdicts: Sendable, Equatable {
        package var spam: String
        package var virus: String
        package var dmarc: String

        package init(spam: String, virus: String, dmarc: String) {
            self.spam = spam
            self.virus = virus
            self.dmarc = dmarc
        }
    }

    /// DMARC must pass, or a valid DKIM signature must be aligned with From. SES's own DKIM verdict does not say whose
    /// signature was valid, so the domain is read from the Authentication-Results that SES put on top; copies further
    /// down may be the sender's invention.
    package static func of(_ mail: ParsedMail, verdicts: Verdicts) -> SenderAuthentication {
        guard verdicts.spam != "FAIL", verdicts.virus != "FAIL" else { return .harmful }
        // With two From fields SES may have proven the one and this server read the other.
        guard mail.headers.all("From").count == 1, mail.from.count == 1, let from = mail.from.first?.address else {
            return .unproven
        }
        if verdicts.dmarc == "PASS" { return .authenticated(from) }
        if verdicts.dmarc == "FAIL" { return .unproven }
        return isSigned(mail, by: from.domain) ? .authenticated(from) : .unproven
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
