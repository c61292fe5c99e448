import MailMessage
import Testing

@Suite("Calendar parts")
struct CalendarPartTests {
    private func parse(_ parts: String...) -> [CalendarPart] {
        let body = parts.map { "--b\n" + $0 + "\n" }.joined()
        return MailParser.parse(
            mail("From: a@example.com\nContent-Type: multipart/mixed; boundary=b\n\n\(body)--b--\n")
        ).calendarParts()
    }

    @Test("the calendar in the text comes before files, and a method before none")
    func order() {
        let found = parse(
            "Content-Type: application/octet-stream; name=\"A.VCS\"\n\nvcs",
            "Content-Type: application/x\nContent-Disposition: attachment; filename*=utf-8''%C3%A4.ICS\n\nnamed",
            "Content-Type: application/ics\n\nics",
            "Content-Type: text/calendar\nContent-Disposition: attachment; filename=x.ics\n\nfile",
            "Content-Type: text/calendar\n\nbare",
            "Content-Type: text/calendar; method=request\n\nrequest",
            "Content-Type: text/plain\n\nBEGIN:VCALENDAR\n",
            "Content-Type: text/plain\n\nnothing")
        #expect(
            found.map(\.source) == [
                .textCalendar, .textCalendar, .attachedTextCalendar, .applicationICS, .fileName, .vCalendar, .content,
            ])
        #expect(found[0].method == "REQUEST")
        #expect(found[0].path == [5])
        #expect(found[1].method == nil)
        #expect(found[4].filename == "ä.ICS")
    }

    @Test("octets become UTF-8 by what they are, not only by what is said of them")
    func utf8() {
        func part(_ bytes: [UInt8], _ charset: String?) -> String {
            let part = CalendarPart(
                source: .textCalendar, bytes: bytes, charset: charset, method: nil, filename: nil, path: [])
            return String(decoding: part.utf8, as: UTF8.self)
        }
        #expect(part([0x63, 0xE9], "iso-8859-1") == "cé")
        #expect(part([0x63, 0xC3, 0xA9], "iso-8859-1") == "cé")
        #expect(part([0x63, 0xC3, 0xA9], "us-ascii") == "cé")
        #expect(part([0xFF, 0xFE, 0x41, 0x00], "utf-16") == "A")
        // A fold that parts a character: the parser of the calendar unfolds octets before it decodes.
        let folded = CalendarPart(
            source: .textCalendar, bytes: [0xC3, 0x0D, 0x0A, 0x20, 0xA9], charset: "iso-8859-1", method: nil,
            filename: nil, path: [])
        #expect(folded.utf8 == [0xC3, 0x0D, 0x0A, 0x20, 0xA9])
    }
}
