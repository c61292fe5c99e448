import Foundation
import JSON

/// A SendEmail call with raw content (SES v2, `POST /v2/email/outbound-emails`), checked for form.
package struct SendEmailRequest: Sendable, Equatable {
    package var message: [UInt8]
    /// As given in FromEmailAddress, else the address of the message's From header.
    package var from: String
    package var to: [String]
    package var cc: [String]
    package var bcc: [String]
    package var configurationSet: String?
    package var tags: [Tag]

    package struct Tag: Sendable, Equatable {
        package var name: String
        package var value: String
    }

    package var recipients: [String] { to + cc + bcc }

    /// Recipients of one message.
    static let maximumRecipients = 50
    /// Bytes of the message, and of the message in base64.
    static let maximumMessageSize = 40 << 20

    package init(_ body: [UInt8]) throws(SESError) {
        guard let request = try? JSON(parsing: body), request.object != nil else {
            throw SESError(400, "SerializationException", "The request body is not a JSON object.")
        }
        guard let encoded = request["Content"]?["Raw"]?["Data"]?.string else {
            throw .badRequest("This service accepts raw content only: Content.Raw.Data is missing.")
        }
        guard encoded.utf8.count <= SendEmailRequest.maximumMessageSize else {
            throw .badRequest("Message length is more than \(SendEmailRequest.maximumMessageSize) bytes long.")
        }
        guard let decoded = Data(base64Encoded: encoded) else {
            throw SESError(400, "SerializationException", "Content.Raw.Data is not valid base64.")
        }
        message = [UInt8](decoded)
        let headers = MessageHeaders(message)
        guard let fromHeader = headers.first("From") else { throw .badRequest("Missing required header 'From'.") }
        for name in SendEmailRequest.singleHeaders where headers.all(name).count > 1 {
            throw .badRequest("Duplicate header '\(name)'.")
        }
        from = request["FromEmailAddress"]?.string ?? fromHeader

        let destination = request["Destination"]
        to = SendEmailRequest.addresses(destination?["ToAddresses"])
        cc = SendEmailRequest.addresses(destination?["CcAddresses"])
        bcc = SendEmailRequest.addresses(destination?["BccAddresses"])
        configurationSet = request["ConfigurationSetName"]?.string
        tags = []
        try checkRecipients()
        tags = try SendEmailRequest.tags(request["EmailTags"]?.array ?? [])
    }

    /// RFC 5322 section 3.6: at most one of each.
    private static let singleHeaders = [
        "From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Subject", "Date", "Message-ID", "MIME-Version",
        "Content-Type",
    ]

    private static func addresses(_ list: JSON?) -> [String] { list?.array?.compactMap(\.string) ?? [] }

    private func checkRecipients() throws(SESError) {
        // SES would take them from the message's headers; every caller of this product names them.
        guard !recipients.isEmpty else { throw .badRequest("Destination names no recipient.") }
        guard recipients.count <= SendEmailRequest.maximumRecipients else {
            throw .badRequest("Recipient count exceeds \(SendEmailRequest.maximumRecipients).")
        }
        for recipient in recipients {
            let address = MailboxText.address(of: recipient)
            let parts = address.split(separator: "@", omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[1].isEmpty else { throw .badRequest("Missing final '@domain'") }
            guard parts[0].utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
                throw .badRequest("Local address contains control or whitespace")
            }
            guard parts[1].utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
                throw .badRequest("Domain contains control or whitespace")
            }
            guard !parts[0].isEmpty, parts[0].utf8.count <= 64, parts[1].utf8.count <= 255 else {
                throw .badRequest("Illegal address: \(address)")
            }
        }
    }

    private static func tags(_ list: [JSON]) throws(SESError) -> [Tag] {
        var tags: [Tag] = []
        for entry in list {
            guard let name = entry["Name"]?.string, let value = entry["Value"]?.string,
                isTagText(name) || feedbackTags.contains(name), isTagText(value)
            else {
                throw .badRequest(
                    "Invalid tag: names and values have 1 to 256 characters of A-Z, a-z, 0-9, '_' and '-'.")
            }
            tags.append(Tag(name: name, value: value))
        }
        return tags
    }

    /// Become parts of the mail's Feedback-ID.
    private static let feedbackTags: Set<String> = ["ses:feedback-id-a", "ses:feedback-id-b"]

    private static func isTagText(_ text: String) -> Bool {
        (1...256).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}
