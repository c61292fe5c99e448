/// Where a row's value stands: a path of JSON members, or the heading of a column.
///
/// Names are compared by their letters, digits and dots alone, so that `E-mail address`, `email_address` and
/// `EmailAddress` are one.
struct FieldName: Sendable, Hashable {
    let path: [String]
    let canonical: String

    /// - Parameter text: member names with dots between them, as the headings of Pinpoint's CSV files have them.
    init(_ text: String) {
        path = text.split(separator: ".").map(String.init)
        canonical = Self.canonical(text)
    }

    static func canonical(_ text: some StringProtocol) -> String {
        var output: [UInt8] = []
        output.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): output.append(byte | 0x20)
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."),
                0x80...:
                output.append(byte)
            default: continue
            }
        }
        return String(decoding: output, as: UTF8.self)
    }
}

extension FieldName {
    static let channel = FieldName("ChannelType")
    static let endpointAddress = FieldName("Address")
    static let endpointStatus = FieldName("EndpointStatus")
    static let optOut = FieldName("OptOut")

    /// Headings under which products and people keep addresses, the likelier first; `address` alone comes late, since
    /// it is more often a street.
    static let addresses = [
        "EmailAddress", "Email", "Mail", "E-Mail-Adresse", "Email 1", "E-mail 1 - Value", "PersonalEmailAddress",
        "BusinessEmailAddress", "User Email", "Contact Email", "Guest Email", "Attendee Email", "Correo",
        "Correo electronico", "Courriel", "Adresse mail", "E-post", "Recipient", "Attendee", "Guest", "Address",
    ].map(FieldName.init)

    /// The event a row is for, in lists that name it.
    static let events = ["UID", "Event UID", "Event", "Event ID"].map(FieldName.init)

    static let fullNames = ["Name", "FullName", "DisplayName", "Contact Name", "Guest Name"].map(FieldName.init)
    static let firstNames = [
        "User.UserAttributes.FirstName", "FirstName", "GivenName", "Attributes.FirstName", "FNAME", "Vorname", "Prenom",
    ].map(FieldName.init)
    static let lastNames = [
        "User.UserAttributes.LastName", "LastName", "FamilyName", "Surname", "Attributes.LastName", "LNAME", "Nachname",
    ].map(FieldName.init)

    /// Anything but a no in one of these, and the person wants no mail: some hold when they said so.
    static let refusals = [
        "OptOut", "OptedOut", "Email Opt Out", "Email Opted Out", "HasOptedOutOfEmail", "OptedOutOfEmail",
        "Unsubscribed", "UnsubscribeAll", "Unsubscribed from all email", "UnsubscribedAt", "Unsubscribe Date",
        "DoNotEmail", "DoNotContact", "Suppressed",
    ].map(FieldName.init)
    /// A no in one of these says the same.
    static let consents = [
        "Subscribed", "OptIn", "OptedIn", "Consent", "Email Consent", "Email Marketing Consent", "Marketing Consent",
        "AcceptsMarketing", "Accepts Email Marketing",
    ].map(FieldName.init)
    static let statuses = ["Status", "Subscription Status", "Email Status", "SubscriptionStatus"].map(FieldName.init)
}
