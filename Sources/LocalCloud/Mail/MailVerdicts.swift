/// What SES found when it checked a message that came in.
package struct MailVerdicts: Sendable, Equatable {
    package enum Status: String, Sendable {
        case pass = "PASS"
        case fail = "FAIL"
        case gray = "GRAY"
        case processingFailed = "PROCESSING_FAILED"

        /// As in Authentication-Results (RFC 8601 section 2.7).
        var result: String {
            switch self {
            case .pass: "pass"
            case .fail: "fail"
            case .gray: "neutral"
            case .processingFailed: "temperror"
            }
        }
    }

    package var spam = Status.pass
    package var virus = Status.pass
    package var spf = Status.pass
    package var dkim = Status.pass
    package var dmarc = Status.pass
    /// The policy of the sender's domain, `none`, `quarantine` or `reject`; told only when DMARC failed.
    package var dmarcPolicy = "none"
    /// The domain of the DKIM signature; nil is that of From.
    package var dkimDomain: String?
    /// The envelope sender; nil is the address of From.
    package var mailFrom: String?

    package init() {}

    /// Changes one: `dmarc=FAIL`, `spf=GRAY`, `dmarc-policy=reject`, `dkim-domain=example.net`,
    /// `mail-from=bounces@example.net`.
    package mutating func apply(_ assignment: String) throws(InvalidVerdict) {
        let parts = assignment.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { throw InvalidVerdict(text: assignment) }
        let value = parts[1]
        switch parts[0].lowercased() {
        case "dmarc-policy" where ["none", "quarantine", "reject"].contains(value): dmarcPolicy = value
        case "dkim-domain": dkimDomain = value
        case "mail-from": mailFrom = value
        case let name:
            guard let status = Status(rawValue: value.uppercased()) else { throw InvalidVerdict(text: assignment) }
            switch name {
            case "spam": spam = status
            case "virus": virus = status
            case "spf": spf = status
            case "dkim": dkim = status
            case "dmarc": dmarc = status
            default: throw InvalidVerdict(text: assignment)
            }
        }
    }
}

package struct InvalidVerdict: Error, Sendable, CustomStringConvertible {
    package let text: String

    package var description: String {
        "not a verdict: \(text); verdicts are spam, virus, spf, dkim or dmarc = PASS, FAIL, GRAY or PROCESSING_FAILED, "
            + "dmarc-policy = none, quarantine or reject, dkim-domain = DOMAIN and mail-from = ADDRESS"
    }
}
