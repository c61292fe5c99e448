import Foundation

/// Mails written for tests, with CRLF throughout.
package enum SampleMail {
    /// - Parameters:
    ///   - calendar: content lines, unfolded.
    ///   - method: of the media type; nil leaves the parameter out.
    package static func invitation(
        from: String = "Ann Lee <ann@acme.example>", to: String = "create@calendar.example.com",
        subject: String = "Invitation: Tea", headers: [String] = [], method: String? = "REQUEST", calendar: [String]
    ) -> [UInt8] {
        lines(
            headers + [
                "From: \(from)", "To: \(to)", "Subject: \(subject)", "Message-ID: <sample@acme.example>",
                "Date: Sun, 22 Nov 2026 09:00:00 +0000", "MIME-Version: 1.0",
                "Content-Type: text/calendar; charset=UTF-8" + (method.map { "; method=\($0)" } ?? ""), "",
            ] + calendar)
    }

    /// A VCALENDAR of one VEVENT with what every event has; `lines` come behind it and `without` takes lines out by
    /// their beginning.
    package static func event(
        method: String? = "REQUEST", uid: String = "tea@acme.example", sequence: Int = 0,
        stamp: String = "20261122T090000Z", without: [String] = [], _ lines: [String] = []
    ) -> [String] {
        let event = [
            "UID:\(uid)", "SEQUENCE:\(sequence)", "DTSTAMP:\(stamp)", "DTSTART:20270110T150000Z",
            "DTEND:20270110T160000Z", "SUMMARY:Tea", "ORGANIZER;CN=Ann Lee:mailto:ann@acme.example",
            "ATTENDEE;RSVP=TRUE:mailto:create@calendar.example.com",
        ].filter { line in !without.contains { line.hasPrefix($0) } }
        return ["BEGIN:VCALENDAR", "PRODID:-//Acme//Calendar 1//EN", "VERSION:2.0"]
            + (method.map { ["METHOD:\($0)"] } ?? []) + ["BEGIN:VEVENT"] + event + lines
            + ["END:VEVENT", "END:VCALENDAR"]
    }

    package static func lines(_ lines: [String]) -> [UInt8] { Array((lines.joined(separator: "\r\n") + "\r\n").utf8) }
}
