import JSON

/// The payload of a Lambda action in an SES receipt rule. It carries no content: the S3 action before it stored the
/// message under its prefix plus `messageID`.
package struct SESReceiptEvent: Sendable {
    package struct Record: Sendable {
        package var messageID: String
        /// The envelope sender (MAIL FROM), which SPF is about; empty for a bounce.
        package var source: String
        /// The recipients this rule matched, detail (`rsvp+token`) included.
        package var recipients: [String]
        package var verdicts: Verdicts
        package var subject: String
        /// The mailboxes of From, as they are written.
        package var from: [String]
    }

    /// `PASS`, `FAIL`, `GRAY` or `PROCESSING_FAILED` each.
    package struct Verdicts: Sendable, Equatable {
        package var spam: String
        package var virus: String
        package var spf: String
        package var dkim: String
        package var dmarc: String

        package init(spam: String, virus: String, spf: String, dkim: String, dmarc: String) {
            self.spam = spam
            self.virus = virus
            self.spf = spf
            self.dkim = dkim
            self.dmarc = dmarc
        }
    }

    package var records: [Record]

    package init(_ json: JSON) throws(PayloadError) {
        guard let records = json["Records"]?.array else { throw Self.missing("Records") }
        self.records = []
        for record in records { self.records.append(try Self.record(record)) }
    }

    private static func record(_ json: JSON) throws(PayloadError) -> Record {
        guard let messageID = json["ses"]?["mail"]?["messageId"]?.string else { throw missing("ses.mail.messageId") }
        guard let receipt = json["ses"]?["receipt"], let recipients = receipt["recipients"]?.array else {
            throw missing("ses.receipt.recipients")
        }
        func verdict(_ name: String) -> String { receipt[name]?["status"]?.string ?? "PROCESSING_FAILED" }
        let headers = json["ses"]?["mail"]?["commonHeaders"]
        return Record(
            messageID: messageID, source: json["ses"]?["mail"]?["source"]?.string ?? "",
            recipients: recipients.compactMap(\.string),
            verdicts: Verdicts(
                spam: verdict("spamVerdict"), virus: verdict("virusVerdict"), spf: verdict("spfVerdict"),
                dkim: verdict("dkimVerdict"), dmarc: verdict("dmarcVerdict")),
            subject: headers?["subject"]?.string ?? "",
            from: headers?["from"]?.array?.compactMap(\.string) ?? [])
    }

    private static func missing(_ name: String) -> PayloadError {
        PayloadError(payload: "SES receipt event", missing: name)
    }
}
