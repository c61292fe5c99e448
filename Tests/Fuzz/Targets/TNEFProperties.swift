import ICalendar
import MailMessage

/// Of TNEF: the calendar made of a meeting has no problems.
enum TNEFProperties {
    static func finding(in bytes: [UInt8]) -> String? {
        let header = "Content-Type: application/ms-tnef\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        var mail = MailParser.parse(Array(header.utf8))
        mail.root.body = .leaf(bytes)
        for part in mail.calendarParts() where part.source == .tnef {
            let parsed = ICalendar.parse(part.bytes)
            if !parsed.problems.isEmpty { return "a calendar with problems: \(parsed.problems)" }
            if parsed.calendars.count != 1 { return "\(parsed.calendars.count) calendars" }
        }
        return nil
    }
}
