import ICalendar
import MailMessage

/// Of mail: every message has a tree, and all that is asked of it has an answer.
enum MailProperties {
    static func finding(in bytes: [UInt8]) -> String? {
        let mail = MailParser.parse(bytes)
        if mail.root.leaves.isEmpty, case .leaf = mail.root.body { return "a message without a leaf" }
        _ = (mail.from, mail.sender, mail.replyTo, mail.to, mail.cc, mail.subject, mail.messageID, mail.references)
        _ = (mail.date, mail.isAutomatic, mail.authenticationResults, mail.deliveryReport)
        for leaf in mail.root.leaves { _ = (leaf.part.text, leaf.part.filename) }
        if let text = mail.textBody, text.utf8.contains(0x0D) { return "a CR in the text" }
        for part in mail.calendarParts() {
            let decoded = part.utf8
            for calendar in ICalendar.parse(decoded).calendars { _ = ICalendar.serialize(calendar) }
        }
        return nil
    }
}
