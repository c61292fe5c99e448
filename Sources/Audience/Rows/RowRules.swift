import JSON
import MailMessage

/// Decides whether a row names somebody who may be invited.
package struct RowRules: Sendable {
    private let nameField: FieldName?
    private let dropsRoles: Bool
    private let readsEvents: Bool
    /// Bytes kept of a name.
    private static let nameLimit = 200

    package init(_ options: ListOptions = ListOptions()) {
        nameField = options.nameField.map(FieldName.init)
        dropsRoles = options.dropsRoles
        readsEvents = options.readsEvents
    }

    /// A line of JSON. An endpoint of Amazon Pinpoint has a ChannelType or an Address; contacts of Amazon SES, profiles
    /// of Amazon Connect and other objects have their address under one of `FieldName.addresses`.
    package func row(_ line: [UInt8]) -> ListRow {
        let object: JSON
        do {
            object = try JSON(parsing: line)
        } catch {
            return .dropped(.unreadable, detail: error.description)
        }
        return row(object: object)
    }

    /// The same for a line that is parsed already.
    package func row(object: JSON) -> ListRow {
        guard let members = object.object else { return .dropped(.unreadable, detail: "not a JSON object") }
        // The Address of a customer profile is where somebody lives.
        if members["ChannelType"] != nil || members["Address"]?.string != nil { return endpoint(.endpoint(object)) }
        let values = RowValues.members(of: members)
        guard values.has(.channel) || FieldName.addresses.contains(where: values.has) else {
            return .dropped(.otherChannel, detail: "no ChannelType and no e-mail address")
        }
        return values.has(.channel) ? endpoint(values) : contact(values)
    }

    func row(_ fields: [[UInt8]], _ columns: RecordColumns) -> ListRow {
        let values = RowValues.record(columns, fields)
        return columns.named(FieldName.channel.canonical).isEmpty ? contact(values) : endpoint(values)
    }

    /// Somebody on a list without columns: an address, with or without a name and angle brackets.
    func row(address text: String, name: String? = nil) -> ListRow {
        recipient(text) { name }
    }

    /// An endpoint of Amazon Pinpoint: channel EMAIL, not INACTIVE, not opted out of ALL.
    private func endpoint(_ values: RowValues) -> ListRow {
        let channel = values.first(.channel) ?? ""
        guard channel.uppercased() == "EMAIL" else {
            return .dropped(.otherChannel, detail: channel.isEmpty ? "no ChannelType" : "ChannelType \(channel)")
        }
        if values.first(.endpointStatus)?.uppercased() == "INACTIVE" {
            return .dropped(.inactive, detail: "EndpointStatus INACTIVE")
        }
        if values.first(.optOut)?.uppercased() == "ALL" { return .dropped(.optedOut, detail: "OptOut ALL") }
        return recipient(values.first(.endpointAddress) ?? "") { name(values) }
    }

    private func contact(_ values: RowValues) -> ListRow {
        if let field = FieldName.refusals.first(where: { Self.refuses(values.first($0)) }) {
            return .dropped(.optedOut, detail: "\(field.path.joined()) is set")
        }
        if let field = FieldName.consents.first(where: { Self.isDenied(values.first($0)) }) {
            return .dropped(.optedOut, detail: "\(field.path.joined()) is not set")
        }
        switch values.first(of: FieldName.statuses).map(FieldName.canonical) {
        case "unsubscribed", "optout", "optedout":
            return .dropped(.optedOut, detail: "the status says so")
        case "inactive", "bounced", "cleaned", "complained", "suppressed":
            return .dropped(.inactive, detail: "the status says so")
        default: break
        }
        let row = recipient(values.first(of: FieldName.addresses) ?? "") { name(values) }
        guard readsEvents, case .recipient(var recipient) = row else { return row }
        recipient.event = values.first(of: FieldName.events).flatMap(Self.line)
        return .recipient(recipient)
    }

    private static let no: Set = ["false", "no", "n", "0", "f", "none", "never", "null", "nein", "non"]
    private static let denials: Set = [
        "unsubscribed", "neversubscribed", "notsubscribed", "optout", "optedout", "denied", "declined", "refused",
        "revoked", "withdrawn",
    ]

    private static func refuses(_ text: String?) -> Bool {
        guard let word = text.map(FieldName.canonical), !word.isEmpty else { return false }
        return !no.contains(word)
    }

    private static func isDenied(_ text: String?) -> Bool {
        guard let word = text.map(FieldName.canonical) else { return false }
        return no.contains(word) || denials.contains(word)
    }

    private func name(_ values: RowValues) -> String? {
        if let nameField { return values.first(nameField) }
        let parts = [FieldName.firstNames, FieldName.lastNames].compactMap { values.first(of: $0) }
        return parts.isEmpty ? values.first(of: FieldName.fullNames) : parts.joined(separator: " ")
    }

    private func recipient(_ text: String, name: () -> String?) -> ListRow {
        do {
            return allowed(try EmailAddress(parsing: text), name: name())
        } catch {
            // `Ann Lee <ann@example.com>` and `mailto:ann@example.com` are also written into columns of addresses.
            if text.utf8.contains(UInt8(ascii: "<")), case let list = AddressList.parse(text), list.count == 1,
                let mailbox = list.first
            {
                return allowed(mailbox.address, name: name() ?? mailbox.name)
            }
            if let address = EmailAddress(mailto: text) { return allowed(address, name: name()) }
            return .dropped(.badAddress, detail: error.description)
        }
    }

    private func allowed(_ address: EmailAddress, name: String?) -> ListRow {
        guard !address.needsSMTPUTF8 else {
            return .dropped(
                .badAddress, detail: "the part before the @ is not ASCII, which Amazon SES cannot send to")
        }
        if dropsRoles, RoleAddress.matches(address) {
            return .dropped(.role, detail: "the address of a function, not of a person")
        }
        return .recipient(Recipient(address: address, name: name.flatMap(Self.line)))
    }

    /// A name on one line, of bounded length; nil when nothing is left.
    private static func line(_ text: String) -> String? {
        var output = String.UnicodeScalarView()
        var size = 0
        for scalar in text.unicodeScalars {
            size += UTF8.width(scalar)
            guard size <= nameLimit else { break }
            let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
            output.append(isControl || scalar.value == 0x2028 || scalar.value == 0x2029 ? " " : scalar)
        }
        let words = String(output).split(separator: " ")
        return words.isEmpty ? nil : words.joined(separator: " ")
    }
}
