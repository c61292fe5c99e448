/// Mailboxes as they are written in header fields and API calls.
enum MailboxText {
    /// The bare address of `Name <address>` or `address`.
    static func address(of mailbox: String) -> String {
        if let open = mailbox.lastIndex(of: "<"), let close = mailbox[open...].firstIndex(of: ">") {
            return trimmed(String(mailbox[mailbox.index(after: open)..<close]))
        }
        return trimmed(mailbox)
    }

    /// The part behind the last `@`, in lower case; empty when there is none.
    static func domain(of mailbox: String) -> String {
        let address = address(of: mailbox)
        return address.lastIndex(of: "@").map { address[address.index(after: $0)...].lowercased() } ?? ""
    }

    /// The mailboxes of a list, split at the commas outside of quotes and angle brackets.
    static func list(_ value: String) -> [String] {
        var mailboxes = [""]
        var isQuoted = false
        var isAngle = false
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": isQuoted.toggle()
            case "<" where !isQuoted: isAngle = true
            case ">" where !isQuoted: isAngle = false
            default: break
            }
            if scalar == ",", !isQuoted, !isAngle {
                mailboxes.append("")
            } else {
                mailboxes[mailboxes.count - 1].unicodeScalars.append(scalar)
            }
        }
        return mailboxes.map(trimmed).filter { !$0.isEmpty }
    }

    /// Without spaces and tabs around it.
    static func trimmed(_ text: String) -> String {
        var scalars = Substring(text).unicodeScalars
        while let first = scalars.first, first == " " || first == "\t" { scalars.removeFirst() }
        while let last = scalars.last, last == " " || last == "\t" { scalars.removeLast() }
        return String(scalars)
    }
}
