import JSON

/// What SES publishes about a sent mail through a configuration set (SES Developer Guide, "Contents of event data").
package struct SESSendEvent: Sendable {
    package struct Bounce: Sendable {
        /// `Permanent`, `Transient` or `Undetermined`.
        package var type: String
        package var subtype: String
        /// Status codes of the bounced recipients (RFC 3463).
        package var statuses: [String]
    }

    package struct Complaint: Sendable {
        /// `OnAccountSuppressionList`, or nil.
        package var subtype: String?
        /// `abuse`, `not-spam` and so on (RFC 5965), or nil.
        package var feedbackType: String?
    }

    /// `Bounce`, `Complaint`, `Delivery`, `DeliveryDelay`, `Open`, `Reject`, `Subscription` and others.
    package var type: String
    package var messageID: String
    /// Every recipient the mail was handed in for.
    package var destination: [String]
    package var tags: [String: String]
    /// ISO 8601; of the event itself where it has a time of its own, else of the mail.
    package var timestamp: String
    package var bounce: Bounce?
    package var complaint: Complaint?
    /// For a Subscription: whether the recipient wants nothing at all any more.
    package var isUnsubscribedFromAll: Bool

    /// - Parameter json: a queue message's body: the event, or the SNS notification around it when the subscription
    ///   does not deliver raw messages.
    package init(_ json: JSON) throws(PayloadError) {
        if json["Type"] == "Notification", let text = json["Message"]?.string, let inner = try? JSON(parsing: text) {
            try self.init(event: inner)
        } else {
            try self.init(event: json)
        }
    }

    private init(event: JSON) throws(PayloadError) {
        // What an identity publishes by itself, without a configuration set, says notificationType.
        guard let type = (event["eventType"] ?? event["notificationType"])?.string, let mail = event["mail"],
            let messageID = mail["messageId"]?.string
        else { throw PayloadError(payload: "SES event", missing: "eventType or mail.messageId") }
        self.type = type
        self.messageID = messageID
        destination = mail["destination"]?.array?.compactMap(\.string) ?? []
        tags = [:]
        for tag in mail["tags"]?.object ?? [:] { tags[tag.name] = tag.value[0]?.string }
        let details = event[Self.member[type] ?? ""]
        timestamp = details?["timestamp"]?.string ?? mail["timestamp"]?.string ?? ""
        if let json = event["bounce"], let type = json["bounceType"]?.string {
            bounce = Bounce(
                type: type, subtype: json["bounceSubType"]?.string ?? "",
                statuses: json["bouncedRecipients"]?.array?.compactMap { $0["status"]?.string } ?? [])
        }
        if let json = event["complaint"] {
            complaint = Complaint(
                subtype: json["complaintSubType"]?.string, feedbackType: json["complaintFeedbackType"]?.string)
        }
        isUnsubscribedFromAll = event["subscription"]?["newTopicPreferences"]?["unsubscribeAll"]?.bool ?? false
    }

    private static let member = [
        "Bounce": "bounce", "Complaint": "complaint", "Delivery": "delivery", "DeliveryDelay": "deliveryDelay",
        "Open": "open", "Subscription": "subscription",
    ]
}
