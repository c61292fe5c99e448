import JSON

/// What a Lambda action of a receipt rule is invoked with (SES Developer Guide, "Event data for the Lambda action"):
/// everything about the message but its body, and no word of where an S3 action put it.
package enum ReceiptEvent {
    /// - Parameter recipients: those the rule matched.
    package static func json(
        for mail: ReceivedMail, recipients: [String], functionARN: String, invocationType: String
    ) -> JSON {
        let record: JSON = [
            "eventSource": "aws:ses", "eventVersion": "1.0",
            "ses": [
                "mail": self.mail(mail),
                "receipt": receipt(
                    mail, recipients: recipients, functionARN: functionARN, invocationType: invocationType),
            ],
        ]
        return ["Records": [record]]
    }

    /// Header bytes beyond which the list of headers is cut.
    private static let headerLimit = 50_000

    private static func mail(_ mail: ReceivedMail) -> JSON {
        let headers = MessageHeaders(mail.bytes)
        var size = 0
        let listed = headers.fields.prefix { field in
            size += field.name.utf8.count + field.value.utf8.count + 4
            return size <= headerLimit
        }
        return [
            "timestamp": .string(Timestamp.iso8601(milliseconds: mail.time)), "source": .string(mail.source),
            "messageId": .string(mail.messageID), "destination": strings(mail.destination),
            "headersTruncated": .bool(listed.count < headers.fields.count),
            "headers": .array(listed.map { ["name": .string($0.name), "value": .string($0.value)] }),
            "commonHeaders": commonHeaders(headers, source: mail.source),
        ]
    }

    private static func commonHeaders(_ headers: MessageHeaders, source: String) -> JSON {
        var common: JSONObject = ["returnPath": .string(source)]
        func list(_ member: String, _ header: String) {
            guard let value = headers.first(header) else { return }
            common[member] = strings(MailboxText.list(value))
        }
        func text(_ member: String, _ header: String) {
            guard let value = headers.first(header) else { return }
            common[member] = .string(value)
        }
        list("from", "From")
        text("date", "Date")
        list("to", "To")
        list("cc", "Cc")
        list("replyTo", "Reply-To")
        text("sender", "Sender")
        text("messageId", "Message-ID")
        text("subject", "Subject")
        return .object(common)
    }

    private static func receipt(
        _ mail: ReceivedMail, recipients: [String], functionARN: String, invocationType: String
    ) -> JSON {
        func verdict(_ status: MailVerdicts.Status) -> JSON { ["status": .string(status.rawValue)] }
        var receipt: JSONObject = [
            "timestamp": .string(Timestamp.iso8601(milliseconds: mail.time)), "processingTimeMillis": 312,
            "recipients": strings(recipients), "spamVerdict": verdict(mail.verdicts.spam),
            "virusVerdict": verdict(mail.verdicts.virus), "spfVerdict": verdict(mail.verdicts.spf),
            "dkimVerdict": verdict(mail.verdicts.dkim), "dmarcVerdict": verdict(mail.verdicts.dmarc),
        ]
        if mail.verdicts.dmarc == .fail { receipt["dmarcPolicy"] = .string(mail.verdicts.dmarcPolicy) }
        receipt["action"] = [
            "type": "Lambda", "functionArn": .string(functionARN), "invocationType": .string(invocationType),
        ]
        return .object(receipt)
    }

    private static func strings(_ list: [String]) -> JSON { .array(list.map { .string($0) }) }
}
