/// Mail that a mail program hands in over SMTP becomes mail that came in. Its sender counts as proven, unless the
/// client logs in with verdicts for a name: `dmarc=FAIL,spf=FAIL`.
enum SMTPDoor {
    /// - Parameter port: nil takes 2525, or any when that is taken.
    static func open(port: Int?, domain: String, reception: MailReception) async throws -> SMTPListener {
        let session = SMTPSession(domain: domain) { reception.takes($0) }
        let wanted = port ?? (FreePort.isFree(2525) ? 2525 : 0)
        return try await SMTPListener(port: wanted, session: session) { envelope in
            await deliver(envelope, to: reception)
        }
    }

    private static func deliver(_ envelope: SMTPSession.Envelope, to reception: MailReception) async -> String? {
        do {
            var verdicts = MailVerdicts()
            verdicts.mailFrom = envelope.sender
            if let user = envelope.user, user.contains("=") {
                for assignment in user.split(separator: ",") { try verdicts.apply(String(assignment)) }
            }
            _ = try await reception.deliver(envelope.message, to: envelope.recipients, verdicts: verdicts)
            return nil
        } catch {
            return String(describing: error).split(whereSeparator: \.isNewline).joined(separator: " ")
        }
    }
}
