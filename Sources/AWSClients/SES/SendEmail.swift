import HTTPTransport
import JSON
import SigV4

extension SES {
    /// A finished mail to send.
    package struct Email: Sendable {
        /// The whole message, headers and all (RFC 5322), at most 40 MB when encoded.
        package var message: [UInt8]
        package var from: String
        /// At most 50; these alone receive it, whatever the message's headers say.
        package var to: [String]
        package var configurationSet: String?
        /// Come back with every event about the mail. Names and values of letters, digits, `_` and `-`.
        package var tags: [Tag]

        package init(message: [UInt8], from: String, to: [String], configurationSet: String? = nil, tags: [Tag] = []) {
            self.message = message
            self.from = from
            self.to = to
            self.configurationSet = configurationSet
            self.tags = tags
        }
    }

    package struct Tag: Sendable, Hashable {
        package var name: String
        package var value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Sends a mail (`SendEmail`, raw) and returns SES's message identifier.
    ///
    /// SES has no token that would make a repetition harmless: after an unknown outcome the error is thrown at once, and
    /// an answer is waited for as long as the work in hand allows.
    ///
    /// - Parameter isPaced: whether the caller keeps to the account's rate, and must hear of every refusal because of it.
    package func sendEmail(_ email: Email, isPaced: Bool = false) async throws(AWSError) -> String {
        var input: JSONObject = [
            "FromEmailAddress": .string(email.from),
            "Destination": ["ToAddresses": .array(email.to.map { .string($0) })],
            "Content": ["Raw": ["Data": .string(Base64.encode(email.message))]],
        ]
        input["ConfigurationSetName"] = email.configurationSet.map { .string($0) }
        if !email.tags.isEmpty {
            input["EmailTags"] = .array(email.tags.map { ["Name": .string($0.name), "Value": .string($0.value)] })
        }
        let response = try await client.send(
            AWSRequest(
                operation: "SendEmail", path: "/v2/email/outbound-emails",
                headers: [HTTPHeader("Content-Type", "application/json")], body: JSON.object(input).bytes,
                repetition: isPaced ? .whenRefusedForOtherThanRate : .whenRefused, attemptTimeout: .seconds(120)))
        guard let identifier = try client.parse(response, operation: "SendEmail")["MessageId"]?.string else {
            throw client.malformed("SendEmail", "no MessageId")
        }
        return identifier
    }
}
