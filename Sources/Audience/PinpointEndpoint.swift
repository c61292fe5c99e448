import JSON
import MailMessage

/// One line of an Amazon Pinpoint segment export: an `EndpointResponse` as JSON, every field optional.
package enum PinpointEndpoint {
    package enum Row: Sendable, Equatable {
        case recipient(Recipient)
        /// `detail` says what is wrong, for the list's owner; it does not repeat the address.
        case dropped(DropReason, detail: String)
    }

    /// Decides whether a line names somebody who may be invited: channel EMAIL, not INACTIVE, not opted out of ALL, and
    /// an address mail can be sent to.
    package static func row(_ line: [UInt8]) -> Row {
        let endpoint: JSON
        do {
            endpoint = try JSON(parsing: line)
        } catch {
            return .dropped(.unreadable, detail: error.description)
        }
        guard endpoint.object != nil else { return .dropped(.unreadable, detail: "not a JSON object") }
        let channel = endpoint["ChannelType"]?.string ?? ""
        guard channel.uppercased() == "EMAIL" else {
            return .dropped(.otherChannel, detail: channel.isEmpty ? "no ChannelType" : "ChannelType \(channel)")
        }
        if endpoint["EndpointStatus"]?.string?.uppercased() == "INACTIVE" {
            return .dropped(.inactive, detail: "EndpointStatus INACTIVE")
        }
        if endpoint["OptOut"]?.string?.uppercased() == "ALL" { return .dropped(.optedOut, detail: "OptOut ALL") }
        do {
            let address = try EmailAddress(parsing: endpoint["Address"]?.string ?? "")
            guard !address.needsSMTPUTF8 else {
                return .dropped(
                    .badAddress, detail: "the part before the @ is not ASCII, which Amazon SES cannot send to")
            }
            return .recipient(Recipient(address: address, name: name(endpoint["User"]?["UserAttributes"])))
        } catch {
            return .dropped(.badAddress, detail: error.description)
        }
    }

    /// Pinpoint keeps user attributes as arrays of strings under names its customer chose; these two are the common ones.
    private static func name(_ attributes: JSON?) -> String? {
        let parts = ["FirstName", "LastName"].compactMap { attributes?[$0]?[0]?.string }.filter { !$0.isEmpty }
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }
}
