import MailMessage

/// What the links in an attendee's invitation end with: their reply token and, since that holds only a digest of it,
/// their address in base 32. It proves as much as the token does, and lasts as long: longer than the event.
package struct AttendeeLink: Sendable, Equatable {
    package let event: EventUID
    package let attendee: EmailAddress

    package static func text(replyToken: String, attendee: EmailAddress) -> String {
        replyToken + String(decoding: Base32.encode(Array(attendee.description.utf8)), as: UTF8.self)
    }

    /// nil unless this server made the token, and for this address.
    package init?(_ text: String, secret: ServiceSecret) {
        let bytes = text.utf8
        guard bytes.count <= 600,
            let token = ReplyToken(String(decoding: bytes.prefix(ReplyToken.length), as: UTF8.self), secret: secret),
            let plain = Base32.decode(bytes.dropFirst(ReplyToken.length)),
            let written = String(validating: plain, as: UTF8.self), let address = EmailAddress(written),
            token.belongs(to: address, secret: secret)
        else { return nil }
        event = token.event
        attendee = address
    }
}

/// Addresses of the public pages.
package struct PublicLinks: Sendable {
    private let base: String

    /// - Parameter url: where the HTTP API answers, without a slash at its end.
    package init(url: String) { base = url }

    /// Its first argument is an `AttendeeLink`, as are those of the others.
    ///
    /// - Parameter date: the one date of a series that is answered, as `AttendeeChoice` takes it.
    package func answer(_ link: String, _ answer: WebAnswer, date: Int64? = nil) -> String {
        "\(base)/rsvp/\(link)?answer=\(answer.rawValue)" + (date.map { "&date=\($0)" } ?? "")
    }

    package func unsubscribe(_ link: String) -> String { "\(base)/unsubscribe/\(link)" }

    /// - Parameter link: an `OrganizerLink`.
    package func calendar(_ link: String) -> String { "\(base)/calendar/\(link)" }

    package func block(_ link: String) -> String { "\(base)/block/\(link)" }
}
