/// How well a sender must be proven. A mail whose DMARC check fails proves nobody under either.
package enum SenderPolicy: String, Sendable {
    /// DMARC, or a valid DKIM signature of the sender's domain.
    case strict
    /// For domains without DMARC also SPF, when the envelope's sender is of the same domain.
    case relaxed
}
