import Foundation

// Mails whose structure or encoding is uncommon.
extension UncommonMail {
    private static let plain = calendar()
    private static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    static let structures: [UncommonMail] = [
        UncommonMail(
            "a method in the media type alone",
            mail("Content-Type: text/calendar; method=request", calendar(method: nil))),
        UncommonMail(
            "an empty METHOD", mail("Content-Type: text/calendar; method=REQUEST", calendar(method: "METHOD:"))),
        UncommonMail(
            "a METHOD in lower case with blanks around",
            mail("Content-Type: text/calendar", calendar(method: "METHOD: request "))),
        UncommonMail(
            "a COUNTER labelled as a REPLY",
            mail("Content-Type: text/calendar; method=REPLY", calendar(method: "METHOD:COUNTER")),
            is: "COUNTER bob@example.com needsAction"),
        UncommonMail(
            "a method nobody knows",
            mail("Content-Type: text/calendar; method=REQUEST", calendar(method: "METHOD:INVITE")),
            is: "refused: unknownMethod(\"INVITE\")"),
        UncommonMail(
            "a file of octets called .ics",
            multipart(
                "Content-Type: text/plain\r\n\r\nSee the file.",
                "Content-Type: application/octet-stream; name=\"Tea.ICS\"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                    + base64(plain))),
        UncommonMail(
            "a file whose name only the disposition has, encoded",
            multipart(
                "Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename*0*=utf-8''T%C3%A9; filename*1=a.ics\r\n\r\n"
                    + plain)),
        UncommonMail(
            "base64 with junk between and behind",
            multipart(
                "Content-Type: text/calendar\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                    + base64(plain).replacing("R", with: "R\r\n !*", maxReplacements: 3) + "\r\n-- \r\nScanned by Acme")
        ),
        UncommonMail(
            "quoted-printable that encodes everything",
            multipart(
                "Content-Type: text/calendar\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
                    + plain.utf8.map { String(format: "=%02x", $0) }.joined().replacing("=0d=0a", with: "=0D=0A=\r\n"))),
        UncommonMail(
            "8-bit text labelled 7bit, in windows-1252",
            mail(
                "Content-Type: text/calendar; charset=us-ascii\r\nContent-Transfer-Encoding: 7bit",
                Array(plain.replacing("Tea", with: "T*a").utf8).map { $0 == UInt8(ascii: "*") ? 0xE9 : $0 }),
            is: tea.replacing("Tea", with: "Téa")),
        UncommonMail(
            "UTF-8 labelled ISO-8859-1",
            mail("Content-Type: text/calendar; charset=ISO-8859-1", plain.replacing("Tea", with: "Téa")),
            is: tea.replacing("Tea", with: "Téa")),
        UncommonMail(
            "ISO-8859-1 labelled UTF-8",
            mail(
                "Content-Type: text/calendar; charset=UTF-8",
                Array(plain.replacing("Tea", with: "T*a").utf8).map { $0 == UInt8(ascii: "*") ? 0xE9 : $0 }),
            is: tea.replacing("Tea", with: "Téa")),
        UncommonMail(
            "UTF-16 with a byte order mark and without a label",
            mail(
                "Content-Type: text/calendar\r\nContent-Transfer-Encoding: base64",
                Data(
                    [0xFF, 0xFE]
                        + plain.replacing("Tea", with: "Téa 🍵").utf16.flatMap {
                            [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)]
                        }
                ).base64EncodedString()),
            is: tea.replacing("Tea", with: "Téa 🍵")),
        UncommonMail(
            "UTF-16 without a mark, labelled",
            mail(
                "Content-Type: text/calendar; charset=utf-16\r\nContent-Transfer-Encoding: base64",
                Data(plain.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }).base64EncodedString())),
        UncommonMail("ASCII labelled UTF-16", mail("Content-Type: text/calendar; charset=utf-16", plain)),
        UncommonMail(
            "a byte order mark in front, and one inside",
            mail(
                "Content-Type: text/calendar; charset=utf-8",
                "\u{FEFF}" + plain.replacing("BEGIN:VEVENT", with: "\u{FEFF}BEGIN:VEVENT"))),
        UncommonMail(
            "a boundary that is not the one announced",
            mail(
                "Content-Type: multipart/alternative; boundary=announced",
                "--used\r\nContent-Type: text/plain\r\n\r\nTea\r\n--used\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\n\(plain)\r\n--used--\r\n"
            )),
        UncommonMail(
            "no boundary announced and no closing one",
            mail(
                "Content-Type: multipart/alternative",
                "--used\r\nContent-Type: text/plain\r\n\r\nTea\r\n--used\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\n\(plain)"
            )),
        UncommonMail(
            "a multipart that says it is base64",
            mail(
                "Content-Type: multipart/mixed; boundary=b\r\nContent-Transfer-Encoding: base64",
                "--b\r\nContent-Type: text/calendar\r\n\r\n\(plain)\r\n--b--\r\n")),
        UncommonMail(
            "a message passed on as an attachment",
            multipart(
                "Content-Type: text/plain\r\n\r\nFYI",
                "Content-Type: message/rfc822\r\n\r\nFrom: carl@acme.example\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\n"
                    + plain)),
        UncommonMail(
            "a message passed on twice, in base64",
            multipart(
                "Content-Type: message/rfc822\r\n\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                    + base64("Content-Type: text/calendar\r\n\r\n" + plain))),
        UncommonMail(
            "an own calendar and one that is passed on",
            multipart(
                "Content-Type: message/rfc822\r\n\r\nContent-Type: text/calendar\r\n\r\n"
                    + plain.replacing("Tea", with: "Other"),
                "Content-Type: text/calendar\r\n\r\n" + plain)),
        UncommonMail(
            "a report of what could not be delivered",
            mail(
                "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
                "--b\r\n\r\nSorry\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nContent-Type: text/calendar\r\n\r\n\(plain)\r\n--b--\r\n"
            ),
            is: "refused: noCalendarPart(winmail: false)"),
        UncommonMail("a calendar in the text of the mail", mail("Content-Type: text/plain", "\r\n" + plain)),
        UncommonMail(
            "no MIME at all",
            Array("From: ann@acme.example\nTo: bob@example.com\n\n\(plain.replacing("\r\n", with: "\n"))".utf8)),
        UncommonMail(
            "a media type without its semicolon",
            mail("Content-Type: text/calendar charset=\"utf-8\" method=REQUEST", calendar(method: nil))),
        UncommonMail(
            "a media type with comments, in capitals",
            mail("Content-Type: TEXT/CALENDAR (Acme); METHOD=\"REQUEST\" (new)", calendar(method: nil))),
        UncommonMail(
            "a media type on a folded line with a tab",
            mail(
                "Content-Type:\r\n\ttext/calendar;\r\n\tmethod=REQUEST;\r\n\tname=\"meeting.ics\"",
                calendar(method: nil))),
        UncommonMail("a media type that is only a word", mail("Content-Type: calendar", plain)),
        UncommonMail(
            "an empty calendar part before the one that is meant",
            multipart(
                "Content-Type: text/calendar; method=REQUEST\r\n\r\n",
                "Content-Type: application/ics; name=invite.ics\r\n\r\n" + plain)),
        UncommonMail(
            "two parts, the first of which has only a zone",
            multipart(
                "Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nTZID:X\r\nEND:VTIMEZONE\r\nEND:VCALENDAR",
                "Content-Type: application/ics\r\n\r\n" + plain)),
        UncommonMail(
            "a signature of a mailing list behind the calendar",
            mail("Content-Type: text/calendar", plain + "\r\n_______\r\nlist mailing list: unsubscribe\r\n")),
        UncommonMail(
            "lines that all end with CR CR LF",
            mail("Content-Type: text/calendar", plain.replacing("\r\n", with: "\r\r\n"))),
        UncommonMail(
            "lines that end with CR alone",
            Array(
                String(decoding: mail("Content-Type: text/calendar", plain), as: UTF8.self).replacing(
                    "\r\n", with: "\r"
                ).utf8)),
        UncommonMail(
            "a signed mail",
            mail(
                "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; boundary=s",
                "--s\r\nContent-Type: multipart/alternative; boundary=i\r\n\r\n--i\r\nContent-Type: text/plain\r\n\r\nTea\r\n--i\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\n\(plain)\r\n--i--\r\n\r\n--s\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\n\r\nAAAA\r\n--s--\r\n"
            )),
        UncommonMail(
            "uuencoded", mail("Content-Type: text/calendar\r\nContent-Transfer-Encoding: x-uuencode", uuencoded(plain))),
        UncommonMail(
            "an encoding nobody knows", mail("Content-Type: text/calendar\r\nContent-Transfer-Encoding: utf-8", plain)),
    ]

    private static func uuencoded(_ text: String) -> String {
        let bytes = Array(text.utf8)
        let lines = stride(from: 0, to: bytes.count, by: 45).map { start -> String in
            let line = Array(bytes[start..<min(start + 45, bytes.count)])
            var output = [UInt8(line.count) + 32]
            for index in stride(from: 0, to: line.count, by: 3) {
                let group = (0..<3).map { index + $0 < line.count ? UInt32(line[index + $0]) : 0 }
                let bits = group[0] << 16 | group[1] << 8 | group[2]
                for shift in [18, 12, 6, 0] {
                    let value = UInt8(bits >> UInt32(shift) & 63)
                    output.append(value == 0 ? 96 : value + 32)
                }
            }
            return String(decoding: output, as: UTF8.self)
        }
        return (["begin 644 tea.ics"] + lines + ["`", "end", ""]).joined(separator: "\r\n")
    }
}
