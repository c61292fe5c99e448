import JSON

/// One accepted mail: a line of the outbox's index.
package struct OutboxEntry: Sendable, Equatable {
    /// Counts from 1 in the order of acceptance.
    package var number: Int
    /// Milliseconds since the epoch.
    package var time: Int
    package var messageID: String
    package var from: String
    package var recipients: [String]
    /// Those of the recipients who are on the suppression list: SES accepts their mail and does not deliver it.
    package var suppressed: [String]
    package var configurationSet: String?
    package var tags: [SendEmailRequest.Tag]
    /// Bytes of the message.
    package var size: Int

    /// Name of the file that holds the message, byte for byte as it was given to the service.
    package var fileName: String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 6 - digits.count)) + digits + ".eml"
    }

    package var json: JSON {
        [
            "number": .int(number), "time": .string(Timestamp.iso8601(milliseconds: time)), "timeMillis": .int(time),
            "messageId": .string(messageID), "from": .string(from),
            "to": .array(recipients.map { .string($0) }), "suppressed": .array(suppressed.map { .string($0) }),
            "configurationSet": configurationSet.map { .string($0) } ?? .null,
            "tags": .object(
                tags.reduce(into: JSONObject()) { object, tag in object[tag.name] = .string(tag.value) }),
            "size": .int(size), "file": .string(fileName),
        ]
    }

    package init(
        number: Int, time: Int, messageID: String, from: String, recipients: [String], suppressed: [String],
        configurationSet: String?, tags: [SendEmailRequest.Tag], size: Int
    ) {
        self.number = number
        self.time = time
        self.messageID = messageID
        self.from = from
        self.recipients = recipients
        self.suppressed = suppressed
        self.configurationSet = configurationSet
        self.tags = tags
        self.size = size
    }

    /// Nil when the line is not one this type wrote, such as one cut short by a crash.
    package init?(_ json: JSON) {
        guard let number = json["number"]?.int, let time = json["timeMillis"]?.int,
            let messageID = json["messageId"]?.string, let from = json["from"]?.string,
            let recipients = json["to"]?.array, let suppressed = json["suppressed"]?.array,
            let size = json["size"]?.int
        else { return nil }
        self.init(
            number: number, time: time, messageID: messageID, from: from, recipients: recipients.compactMap(\.string),
            suppressed: suppressed.compactMap(\.string), configurationSet: json["configurationSet"]?.string,
            tags: (json["tags"]?.object ?? [:]).compactMap { member in
                member.value.string.map { SendEmailRequest.Tag(name: member.name, value: $0) }
            },
            size: size)
    }
}
