/// How mails to organizers look: whose they are.
package struct Branding: Sendable, Equatable {
    package var name: String
    /// An https address of a picture, shown 40 pixels high in place of the name.
    package var logoURL: String?
    /// `#1a56b0`; white text stands on it.
    package var colour: String

    package static let standard = Branding(name: nil, logoURL: nil, colour: nil)

    /// What is missing or unusable is as in the standard.
    package init(name: String?, logoURL: String?, colour: String?) {
        self.name = name.flatMap { $0.isEmpty ? nil : $0 } ?? "Calendar Invite Server"
        self.logoURL = logoURL.flatMap { $0.hasPrefix("https://") ? $0 : nil }
        let isColour = colour.map { $0.utf8.count == 7 && $0.hasPrefix("#") && $0.dropFirst().allSatisfy(\.isHexDigit) }
        self.colour = isColour == true ? colour ?? "#1a56b0" : "#1a56b0"
    }
}
