import Foundation

/// A reply as one of the three clients writes it.
package struct ReplyMail: Sendable {
    package enum Client: String, CaseIterable, Sendable {
        case google
        /// Exchange leaves ORGANIZER out.
        case outlook
        /// Names no method in the media type.
        case apple
    }

    package var client = Client.google
    package var from: String
    package var attendee: String
    package var uid: String
    package var organizer = "rsvp@calendar.example.com"
    /// PARTSTAT.
    package var answer = "ACCEPTED"
    package var sequence = 0
    /// Nil for a reply without DTSTAMP.
    package var stamp: String? = "20261123T080000Z"
    package var date = "Mon, 23 Nov 2026 08:00:00 +0000"
    /// A whole RECURRENCE-ID line.
    package var recurrenceID: String?
    package var comment: String?
    package var headers: [String] = []

    package init(_ client: Client = .google, from: String, attendee: String? = nil, uid: String) {
        self.client = client
        self.from = from
        self.attendee = attendee ?? from
        self.uid = uid
    }

    package var bytes: [UInt8] {
        switch client {
        case .google: google
        case .outlook: outlook
        case .apple: apple
        }
    }

    private func header(_ contentType: String) -> [String] {
        headers + [
            "From: \(from)", "To: \(organizer)", "Subject: Accepted: Tea", "Message-ID: <reply@client.example>",
            "Date: \(date)", "MIME-Version: 1.0", "Content-Type: \(contentType)", "",
        ]
    }

    /// `lines` without those that are nil.
    private func calendar(_ lines: [String?]) -> [String] { lines.compactMap(\.self) }

    private var google: [UInt8] {
        let calendar = calendar([
            "BEGIN:VCALENDAR", "PRODID:-//Google Inc//Google Calendar 70.9054//EN", "VERSION:2.0",
            "CALSCALE:GREGORIAN", "METHOD:REPLY", "BEGIN:VEVENT", "DTSTART:20270110T150000Z", "DTEND:20270110T160000Z",
            stamp.map { "DTSTAMP:\($0)" }, "ORGANIZER;CN=Ann Lee:mailto:\(organizer)", "UID:\(uid)", recurrenceID,
            "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=\(answer);CN=\(attendee);X-NUM-GUESTS=0",
            " :mailto:\(attendee)", comment.map { "COMMENT:\($0)" }, "CREATED:20261122T091411Z",
            "LAST-MODIFIED:20261123T080000Z", "SEQUENCE:\(sequence)", "STATUS:CONFIRMED", "SUMMARY:Tea",
            "TRANSP:OPAQUE", "END:VEVENT", "END:VCALENDAR",
        ])
        let attached = Data(SampleMail.lines(calendar)).base64EncodedString(options: .lineLength76Characters)
        return SampleMail.lines(
            header("multipart/mixed; boundary=\"0000mixed\"") + [
                "--0000mixed", "Content-Type: multipart/alternative; boundary=\"0000alt\"", "", "--0000alt",
                "Content-Type: text/plain; charset=\"UTF-8\"; format=flowed; delsp=yes", "",
                "\(attendee) has replied to this invitation.", "", "--0000alt",
                "Content-Type: text/calendar; charset=\"UTF-8\"; method=REPLY", "Content-Transfer-Encoding: 7bit", "",
            ] + calendar + [
                "--0000alt--", "", "--0000mixed", "Content-Type: application/ics; name=\"invite.ics\"",
                "Content-Disposition: attachment; filename=\"invite.ics\"", "Content-Transfer-Encoding: base64", "",
                attached, "--0000mixed--",
            ])
    }

    private var outlook: [UInt8] {
        let calendar = calendar([
            "BEGIN:VCALENDAR", "METHOD:REPLY", "PRODID:Microsoft Exchange Server 2010", "VERSION:2.0", "BEGIN:VEVENT",
            "ATTENDEE;PARTSTAT=\(answer);CN=\(attendee):mailto:\(attendee)",
            "COMMENT;LANGUAGE=en-US:\(comment ?? "")\\n", "UID:\(uid)", recurrenceID,
            "SUMMARY;LANGUAGE=en-US:Accepted: Tea", "DTSTART;TZID=UTC:20270110T150000",
            "DTEND;TZID=UTC:20270110T160000",
            "CLASS:PUBLIC", "PRIORITY:5", stamp.map { "DTSTAMP:\($0)" }, "TRANSP:OPAQUE", "STATUS:CONFIRMED",
            "SEQUENCE:\(sequence)", "X-MICROSOFT-CDO-APPT-SEQUENCE:\(sequence)", "X-MICROSOFT-CDO-BUSYSTATUS:BUSY",
            "X-MICROSOFT-DISALLOW-COUNTER:FALSE", "END:VEVENT", "END:VCALENDAR",
        ])
        let encoded = Data(SampleMail.lines(calendar)).base64EncodedString(options: .lineLength76Characters)
        return SampleMail.lines(
            header("multipart/alternative;\r\n\tboundary=\"_000_outlook_\"") + [
                "--_000_outlook_", "Content-Type: text/plain; charset=\"us-ascii\"", "", "", "--_000_outlook_",
                "Content-Type: text/calendar; charset=\"utf-8\"; method=REPLY", "Content-Transfer-Encoding: base64", "",
                encoded, "--_000_outlook_--",
            ])
    }

    private var apple: [UInt8] {
        let calendar = calendar([
            "BEGIN:VCALENDAR", "CALSCALE:GREGORIAN", "METHOD:REPLY", "PRODID:-//Apple Inc.//iPhone OS 19.1//EN",
            "VERSION:2.0", "BEGIN:VEVENT",
            "ATTENDEE;CN=\"A Person\";CUTYPE=INDIVIDUAL;EMAIL=\"\(attendee)\";PARTSTAT=\(answer):mailto:",
            " \(attendee)", stamp.map { "DTSTAMP:\($0)" }, "DTSTART:20270110T150000Z", "DTEND:20270110T160000Z",
            "ORGANIZER;CN=\"Ann Lee\";EMAIL=\"\(organizer)\":mailto:\(organizer)", recurrenceID,
            comment.map { "COMMENT:\($0)" }, "SEQUENCE:\(sequence)", "SUMMARY:Tea", "UID:\(uid)", "END:VEVENT",
            "END:VCALENDAR",
        ])
        return SampleMail.lines(
            header("multipart/alternative; boundary=\"Apple-Mail=_1\"") + [
                "--Apple-Mail=_1", "Content-Type: text/plain; charset=us-ascii", "", "Accepted", "", "--Apple-Mail=_1",
                "Content-Disposition: attachment; filename=reply.ics", "Content-Type: text/calendar; charset=utf-8;",
                "\tname=reply.ics", "Content-Transfer-Encoding: 7bit", "",
            ] + calendar + ["--Apple-Mail=_1--"])
    }
}
