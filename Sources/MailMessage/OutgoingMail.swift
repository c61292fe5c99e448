/// A mail to one recipient, from which `bytes()` makes the message to hand to the mail service.
///
/// The same value always gives the same octets: nothing is read from a clock or a random source. No text in any field
/// can add a header field or a line to the header; control characters are taken out.
package struct OutgoingMail: Sendable {
    /// A calendar object (RFC 6047). It goes into the message twice: as the last alternative of the text, from which
    /// clients make their buttons, and as a file for those that do not.
    package struct CalendarContent: Sendable {
        /// The METHOD of the object, such as `REQUEST`; the same stands in the media type.
        package var method: String
        package var bytes: [UInt8]

        package init(method: String, bytes: [UInt8]) {
            self.method = method
            self.bytes = bytes
        }
    }

    package struct Attachment: Sendable {
        package var filename: String
        /// Such as `text/csv; charset=UTF-8`; parameters other than the charset are left out.
        package var contentType: String
        package var bytes: [UInt8]

        package init(filename: String, contentType: String, bytes: [UInt8]) {
            self.filename = filename
            self.contentType = contentType
            self.bytes = bytes
        }
    }

    package var from: Mailbox
    package var to: Mailbox
    package var replyTo: Mailbox?
    package var subject: String
    /// Seconds since 1970.
    package var date: Int
    /// With or without its angle brackets.
    package var messageID: String?
    /// Further fields in order, such as List-Unsubscribe. Fields this value writes itself are left out, and so are
    /// names that RFC 5322 does not allow.
    package var extraHeaders: [(String, String)]
    package var body: PreparedBody
    /// What stands in for the placeholders of `body`, in their order.
    package var replacements: [String]
    package var calendar: CalendarContent?
    package var attachments: [Attachment]
    /// A mail that this one is about, attached as it came (RFC 2046 section 5.2.1).
    package var original: [UInt8]?
    /// From this the boundaries are made. Any value is safe: no encoding used here can produce a boundary.
    package var boundarySeed: UInt64

    package init(
        from: Mailbox, to: Mailbox, replyTo: Mailbox? = nil, subject: String, date: Int, messageID: String? = nil,
        extraHeaders: [(String, String)] = [], body: PreparedBody, replacements: [String] = [],
        calendar: CalendarContent? = nil, attachments: [Attachment] = [], boundarySeed: UInt64 = 0
    ) {
        self.from = from
        self.to = to
        self.replyTo = replyTo
        self.subject = subject
        self.date = date
        self.messageID = messageID
        self.extraHeaders = extraHeaders
        self.body = body
        self.replacements = replacements
        self.calendar = calendar
        self.attachments = attachments
        self.boundarySeed = boundarySeed
    }

    /// As the other initialiser, for a body used once.
    package init(
        from: Mailbox, to: Mailbox, replyTo: Mailbox? = nil, subject: String, date: Int, messageID: String? = nil,
        extraHeaders: [(String, String)] = [], plain: String, html: String? = nil, calendar: CalendarContent? = nil,
        attachments: [Attachment] = [], boundarySeed: UInt64 = 0
    ) {
        self.init(
            from: from, to: to, replyTo: replyTo, subject: subject, date: date, messageID: messageID,
            extraHeaders: extraHeaders, body: PreparedBody(plain: plain, html: html), calendar: calendar,
            attachments: attachments, boundarySeed: boundarySeed)
    }
}
