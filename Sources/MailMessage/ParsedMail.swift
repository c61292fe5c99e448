/// A message that was read: its tree and what was wrong with it.
package struct ParsedMail: Sendable {
    package var root: MIMEPart
    /// Each problem at most once, in order of appearance.
    package var problems: [MailProblem]

    package init(root: MIMEPart, problems: [MailProblem] = []) {
        self.root = root
        self.problems = problems
    }

    package var headers: HeaderFields { root.headers }

    package var from: [Mailbox] { mailboxes("From") }
    package var sender: Mailbox? { mailboxes("Sender").first }
    package var replyTo: [Mailbox] { mailboxes("Reply-To") }
    package var to: [Mailbox] { mailboxes("To") }
    package var cc: [Mailbox] { mailboxes("Cc") }

    package var subject: String? { headers.decoded("Subject") }
    /// With its angle brackets.
    package var messageID: String? { Self.messageIDs(headers.first("Message-ID")).first }
    package var inReplyTo: [String] { Self.messageIDs(headers.first("In-Reply-To")) }
    package var references: [String] { Self.messageIDs(headers.first("References")) }
    /// Seconds since 1970.
    package var date: Int? { headers.first("Date").flatMap(MailDate.parse) }

    /// The keyword of Auto-Submitted (RFC 3834) in lower case: `no`, `auto-generated`, `auto-replied`, …
    package var autoSubmitted: String? {
        headers.first("Auto-Submitted").map { HeaderParameters(parsing: $0).value.asciiLowercased }
    }

    /// Whether a program sent it, by any of the marks in use. Such a message must never be answered by another program
    /// (RFC 3834 section 2). Calendar products mark the replies people give through them in this way as well.
    package var isAutomatic: Bool {
        if let autoSubmitted, autoSubmitted != "no" { return true }
        if deliveryReport != nil || root.contentType.subtype == "report" { return true }
        if let path = headers.first("Return-Path"), path.utf8.filter({ !$0.isBlank }).elementsEqual("<>".utf8) {
            return true
        }
        if ["bulk", "junk", "list", "auto_reply"].contains(headers.first("Precedence")?.asciiLowercased) {
            return true
        }
        return ["X-Autoreply", "X-Autorespond", "List-Id"].contains { headers.first($0) != nil }
    }

    /// All Authentication-Results fields (RFC 8601), topmost first. Only the topmost of the own receiving server can be
    /// believed: anyone can send more of them along.
    package var authenticationResults: [AuthenticationResults] {
        headers.all("Authentication-Results").compactMap(AuthenticationResults.init(parsing:))
    }

    private func mailboxes(_ name: String) -> [Mailbox] {
        headers.first(name).map(AddressList.parse) ?? []
    }

    private static func messageIDs(_ text: String?) -> [String] {
        var ids: [String] = []
        var current: [UInt8]?
        for byte in (text ?? "").utf8 {
            if byte == UInt8(ascii: "<") {
                current = [byte]
            } else if current != nil, !byte.isBlank {
                current?.append(byte)
                if byte == UInt8(ascii: ">") {
                    ids.append(String(decoding: current ?? [], as: UTF8.self))
                    current = nil
                }
            }
        }
        return ids
    }
}
