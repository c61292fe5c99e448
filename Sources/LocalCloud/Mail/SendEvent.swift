import Foundation
import JSON

/// What SES publishes about a sent mail (SES Developer Guide, "Contents of event data that Amazon SES publishes").
enum SendEvent {
    /// - Parameter type: as in `eventType`.
    static func json(_ type: String, of outcome: MailOutcome, for entry: OutboxEntry, _ message: [UInt8]) -> JSON {
        let now = Timestamp.iso8601(milliseconds: Timestamp.milliseconds())
        var event: JSONObject = ["eventType": .string(type), "mail": mail(entry, message)]
        let recipients = entry.recipients.map { MailboxText.address(of: $0) }
        switch type {
        case "Bounce": event["bounce"] = bounce(outcome, recipients, now)
        case "Complaint":
            event["complaint"] = [
                "complainedRecipients": .array(recipients.map { ["emailAddress": .string($0)] }),
                "timestamp": .string(now), "feedbackId": .string(feedbackID()), "complaintSubType": .null,
                "userAgent": "Local mail service", "complaintFeedbackType": "abuse", "arrivalDate": .string(now),
            ]
        case "Delivery":
            event["delivery"] = [
                "timestamp": .string(now), "processingTimeMillis": 812,
                "recipients": .array(recipients.map { .string($0) }), "smtpResponse": "250 2.6.0 Message received",
                "reportingMTA": "a8-70.smtp-out.amazonses.com",
            ]
        case "DeliveryDelay":
            event["deliveryDelay"] = [
                "timestamp": .string(now), "delayType": "TransientCommunicationFailure", "expirationTime": .string(now),
                "delayedRecipients": .array(
                    recipients.map { ["emailAddress": .string($0), "status": "4.4.1", "diagnosticCode": "smtp; 421"] }),
            ]
        case "Open":
            event["open"] = ["ipAddress": "192.0.2.1", "timestamp": .string(now), "userAgent": "Mozilla/5.0"]
        case "Reject": event["reject"] = ["reason": "Bad content"]
        case "Subscription":
            event["subscription"] = [
                "contactList": "contacts", "timestamp": .string(now), "source": "UnsubscribeHeader",
                "newTopicPreferences": ["unsubscribeAll": true, "topicSubscriptionStatus": []],
                "oldTopicPreferences": ["unsubscribeAll": false, "topicSubscriptionStatus": []],
            ]
        default: break
        }
        return .object(event)
    }

    private static func mail(_ entry: OutboxEntry, _ message: [UInt8]) -> JSON {
        let headers = MessageHeaders(message)
        var tags: JSONObject = [:]
        if let set = entry.configurationSet { tags["ses:configuration-set"] = [.string(set)] }
        for tag in entry.tags { tags[tag.name] = [.string(tag.value)] }
        return [
            "timestamp": .string(Timestamp.iso8601(milliseconds: entry.time)), "source": .string(entry.from),
            "messageId": .string(entry.messageID), "sendingAccountId": .string(Deployment.accountID),
            "destination": .array(entry.recipients.map { .string(MailboxText.address(of: $0)) }),
            "headersTruncated": false,
            "headers": .array(headers.fields.map { ["name": .string($0.name), "value": .string($0.value)] }),
            "commonHeaders": ["subject": .string(headers.first("Subject") ?? "")], "tags": .object(tags),
        ]
    }

    private static func bounce(_ outcome: MailOutcome, _ recipients: [String], _ now: String) -> JSON {
        let (type, subtype, status, words): (String, String, String, String) =
            switch outcome {
            case .softBounce: ("Transient", "MailboxFull", "4.2.2", "smtp; 452 4.2.2 mailbox full")
            case .suppressed:
                (
                    "Permanent", "OnAccountSuppressionList", "5.1.1",
                    "Amazon SES did not send the message to this address"
                )
            default: ("Permanent", "General", "5.1.1", "smtp; 550 5.1.1 user unknown")
            }
        return [
            "bounceType": .string(type), "bounceSubType": .string(subtype),
            "bouncedRecipients": .array(
                recipients.map {
                    [
                        "emailAddress": .string($0), "action": "failed", "status": .string(status),
                        "diagnosticCode": .string(words),
                    ]
                }),
            "timestamp": .string(now), "feedbackId": .string(feedbackID()),
            "reportingMTA": "dsn; a8-70.smtp-out.amazonses.com",
        ]
    }

    private static func feedbackID() -> String {
        Identifiers.sentMail(milliseconds: Timestamp.milliseconds())
    }
}
