import ICalendar
import MailMessage
import Scheduling
import Testing

/// A mail as no standard has it but some product or gateway makes it, and what it has to be taken for.
struct UncommonMail: Sendable, CustomTestStringConvertible {
    var what: String
    var bytes: [UInt8]
    /// As `UncommonMail.text(of:)` writes it.
    var meaning: String

    var testDescription: String { what }

    static let tea = "REQUEST 20261124T140000Z–20261124T150000Z Tea by ann@acme.example to bob@example.com"

    init(_ what: String, _ bytes: [UInt8], is meaning: String = tea) {
        (self.what, self.bytes, self.meaning) = (what, bytes, meaning)
    }

    /// A calendar by itself as the whole of a mail.
    init(_ what: String, calendar: String, is meaning: String = tea) {
        self.init(what, Self.mail("Content-Type: text/calendar; charset=utf-8", calendar), is: meaning)
    }

    /// The usual event with one line of it replaced; none when `new` is empty.
    init(_ what: String, _ old: String, _ new: String, is meaning: String = tea) {
        let line = new.isEmpty ? "" : new + "\r\n"
        self.init(what, calendar: Self.calendar().replacing(old + "\r\n", with: line), is: meaning)
    }

    static func mail(_ header: String, _ body: String) -> [UInt8] { mail(header, Array(body.utf8)) }

    static func mail(_ header: String, _ body: [UInt8]) -> [UInt8] {
        let fields = [
            "From: Ann <ann@acme.example>", "To: bob@example.com", "Subject: Tea", "MIME-Version: 1.0", header,
        ]
        return Array((fields.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
    }

    static func multipart(_ parts: String...) -> [UInt8] {
        let body = parts.map { "--=b\r\n\($0)\r\n" }.joined() + "--=b--\r\n"
        return mail("Content-Type: multipart/mixed; boundary=\"=b\"", body)
    }

    static let start = "DTSTART:20261124T140000Z"
    static let end = "DTEND:20261124T150000Z"
    static let organizer = "ORGANIZER;CN=Ann:mailto:ann@acme.example"
    static let attendee = "ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:bob@example.com"

    static func calendar(_ lines: [String]? = nil, method: String? = "METHOD:REQUEST") -> String {
        let event = lines ?? [start, end, "SUMMARY:Tea", organizer, attendee]
        let all =
            ["BEGIN:VCALENDAR", "PRODID:-//Acme//Calendar 1//EN", "VERSION:2.0"] + (method.map { [$0] } ?? []) + [
                "BEGIN:VEVENT", "UID:1@acme.example", "DTSTAMP:20261122T090000Z",
            ] + event + ["END:VEVENT", "END:VCALENDAR", ""]
        return all.joined(separator: "\r\n")
    }

    /// What the server makes of a mail.
    static func text(of bytes: [UInt8]) -> String {
        do {
            let mail = try CalendarMail(MailParser.parse(bytes))
            if let method = mail.method, [.reply, .counter, .refresh].contains(method) {
                let messages = try AttendeeMessage.read(mail, from: nil)
                return messages.map { "\(method.rawValue) \($0.attendee) \($0.answer)" }.joined(separator: ", ")
            }
            let message = try OrganizerMessage(mail)
            let view = EventView(message.subject)
            let attendees = view.attendees.map { $0.user.email ?? "nobody" }.joined(separator: " ")
            return "\(mail.method?.rawValue ?? "nothing") \(moment(message.start))–\(moment(message.end)) "
                + "\(view.summary ?? "without title") by \(view.organizer?.address ?? "nobody") to \(attendees)"
        } catch {
            return "refused: \(error)"
        }
    }

    private static func moment(_ seconds: Int64) -> String { DateValue.utc(epochSeconds: seconds).text }
}
