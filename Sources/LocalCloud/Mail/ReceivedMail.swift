/// A message as SES has it after checking it: with its own fields on top.
package struct ReceivedMail: Sendable {
    package let messageID: String
    /// Milliseconds since the epoch.
    package let time: Int
    /// The envelope's sender.
    package let source: String
    /// All recipients of the envelope.
    package let destination: [String]
    package let verdicts: MailVerdicts
    /// What is stored: CRLF line ends, fields of SES first.
    package let bytes: [UInt8]

    /// - Parameters:
    ///   - message: with CRLF or bare LF line ends.
    ///   - recipients: of the envelope, at least one.
    package init(
        message: [UInt8], recipients: [String], verdicts: MailVerdicts, region: String, messageID: String, time: Int
    ) {
        let original = ReceivedMail.withNetworkLineEnds(message)
        let from = MailboxText.address(of: MessageHeaders(original).first("From") ?? "")
        let source = verdicts.mailFrom ?? from
        self.messageID = messageID
        self.time = time
        self.source = source
        self.verdicts = verdicts
        destination = recipients
        let fields = ReceivedMail.fields(
            source: source, from: from, recipient: recipients.first ?? "", verdicts: verdicts, region: region,
            messageID: messageID, time: time)
        bytes = Array(fields.joined(separator: "\r\n").utf8) + [0x0D, 0x0A] + original
    }

    private static func fields(
        source: String, from: String, recipient: String, verdicts: MailVerdicts, region: String, messageID: String,
        time: Int
    ) -> [String] {
        let host = "mail.\(MailboxText.domain(of: source))"
        let client = "client-ip=192.0.2.1; envelope-from=\(source); helo=\(host);"
        let spf = "\(verdicts.spf.result) (spfCheck: domain of \(MailboxText.domain(of: source))) \(client)"
        let fromDomain = MailboxText.domain(of: from)
        return [
            "Return-Path: <\(source)>",
            "Received: from \(host) (\(host) [192.0.2.1])",
            " by inbound-smtp.\(region).amazonaws.com with SMTP id \(messageID)",
            " for \(recipient);",
            " \(Timestamp.mail(milliseconds: time))",
            "X-SES-Spam-Verdict: \(verdicts.spam.rawValue)",
            "X-SES-Virus-Verdict: \(verdicts.virus.rawValue)",
            "Received-SPF: \(spf)",
            "Authentication-Results: amazonses.com;",
            " spf=\(spf)",
            " dkim=\(verdicts.dkim.result) header.i=@\(verdicts.dkimDomain ?? fromDomain);",
            " dmarc=\(verdicts.dmarc.result) header.from=\(fromDomain);",
        ]
    }

    /// Mail travels with CRLF, whatever the file it was read from has.
    private static func withNetworkLineEnds(_ message: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(message.count + message.count / 32)
        var previous: UInt8 = 0
        for byte in message {
            if byte == 0x0A, previous != 0x0D { output.append(0x0D) }
            output.append(byte)
            previous = byte
        }
        return output
    }
}
