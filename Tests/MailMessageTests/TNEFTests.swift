import MailMessage
import Testing

@Suite("winmail.dat")
struct TNEFTests {
    // 2026-03-30T09:00:00+02:00, the day after the clocks went forward in Europe.
    static let start = 1_774_854_000

    private func request(_ messageClass: String = "IPM.Microsoft Schedule.MtgReq") -> TNEFStream {
        var stream = TNEFStream(messageClass: messageClass)
        stream.distractions()
        stream.text(0x0037, "Grüße; and, more")
        stream.text(TNEFStream.appointment, 0x8208, "Room 1")
        stream.time(TNEFStream.appointment, 0x820D, Self.start)
        stream.time(TNEFStream.appointment, 0x820E, Self.start + 3600)
        stream.number(TNEFStream.appointment, 0x8201, 2)
        stream.time(TNEFStream.meeting, 0x001A, 1_774_000_000)
        return stream
    }

    private func lines(
        _ stream: TNEFStream, from: String = "Ann Smith <ann@example.com>", to: String = "Bob <create@invites.example>"
    ) throws -> [String] {
        let part = try #require(MailParser.parse(stream.mail(from: from, to: to)).calendarParts().first)
        #expect(part.source == .tnef)
        #expect(part.path == [1])
        let text = String(decoding: part.bytes, as: UTF8.self)
        #expect(text.hasSuffix("END:VCALENDAR\r\n"))
        for line in part.bytes.split(separator: 0x0A) { #expect(line.count <= 76) }
        let unfolded = text.replacing("\r\n ", with: "")
        return unfolded.split(separator: "\r\n").map(String.init)
    }

    @Test("a meeting request becomes a REQUEST with its people and its text")
    func meetingRequest() throws {
        var stream = request()
        stream.octets(TNEFStream.meeting, 0x0003, TNEFStream.identifier([1, 2, 0xAB]))
        #expect(MailParser.parse(stream.mail()).calendarParts().first?.method == "REQUEST")
        #expect(
            try lines(stream) == [
                "BEGIN:VCALENDAR", "PRODID:-//Calendar Invite Server//TNEF//EN", "VERSION:2.0", "METHOD:REQUEST",
                "BEGIN:VEVENT",
                "UID:040000008200E00074C5B7101A82E008" + String(repeating: "0", count: 40) + "030000000102AB",
                "DTSTAMP:20260320T094640Z", "SEQUENCE:2", "DTSTART:20260330T070000Z", "DTEND:20260330T080000Z",
                #"SUMMARY:Grüße\; and\, more"#, "LOCATION:Room 1", "DESCRIPTION:Please come.",
                "ORGANIZER;CN=\"Ann Smith\":mailto:ann@example.com",
                "ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN=\"Bob\""
                    + ":mailto:create@invites.example",
                "END:VEVENT", "END:VCALENDAR",
            ])
    }

    @Test("answers and cancellations keep the UID that came from iCalendar")
    func answers() throws {
        let identifier = TNEFStream.identifier(
            Array("vCal-Uid".utf8) + little(1, 4) + Array("abc@example.com".utf8) + [0])
        for (messageClass, status) in [
            ("IPM.Schedule.Meeting.Resp.Pos", "ACCEPTED"), ("IPM.Microsoft Schedule.MtgRespN", "DECLINED"),
            ("IPM.Schedule.Meeting.Resp.Tent", "TENTATIVE"),
        ] {
            var stream = request(messageClass)
            stream.octets(TNEFStream.meeting, 0x0023, identifier)
            let found = try lines(stream)
            #expect(found.contains("METHOD:REPLY") && found.contains("UID:abc@example.com"))
            #expect(found.contains("ATTENDEE;PARTSTAT=\(status);CN=\"Ann Smith\":mailto:ann@example.com"))
            #expect(found.contains("ORGANIZER;CN=\"Bob\":mailto:create@invites.example"))
        }
        var cancelled = request("IPM.Schedule.Meeting.Canceled")
        cancelled.octets(TNEFStream.meeting, 0x0003, identifier)
        let found = try lines(cancelled)
        #expect(found.contains("METHOD:CANCEL") && found.contains("STATUS:CANCELLED"))
    }

    @Test("a series has its zone, rule, left-out days and moved instances")
    func series() throws {
        var stream = request()
        stream.octets(TNEFStream.meeting, 0x0003, TNEFStream.identifier([1]))
        stream.octets(TNEFStream.appointment, 0x8233, TNEFStream.berlin)
        stream.text(TNEFStream.appointment, 0x8234, "(UTC+01:00) Amsterdam, Berlin")
        // Minutes from 1601 to midnight of 2026-03-30.
        let day = 223_655_040
        var pattern =
            [0x3004, 0x3004, 0x200B, 1, 0].flatMap { little($0, 2) }
            + [0, 2, 0, 0b000_1010, 0x2021, 10, 1].flatMap { little($0, 4) }
        pattern += ([2, day + 2 * 1440, day + 14 * 1440, 1, day + 14 * 1440, day, day + 60 * 1440]).flatMap {
            little($0, 4)
        }
        pattern += [0x3006, 0x3009, 540, 600].flatMap { little($0, 4) } + little(1, 2)
        pattern +=
            [day + 14 * 1440 + 660, day + 14 * 1440 + 720, day + 14 * 1440 + 540].flatMap { little($0, 4) }
            + little(1, 2)
        pattern += little(4, 2) + little(3, 2) + Array("new".utf8) + little(0, 4)
        stream.octets(TNEFStream.appointment, 0x8216, pattern)
        let found = try lines(stream)
        #expect(found.contains(#"TZID:(UTC+01:00) Amsterdam\, Berlin"#))
        #expect(found.contains("RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"))
        #expect(found.contains("TZOFFSETFROM:+0100") && found.contains("TZOFFSETTO:+0200"))
        #expect(found.contains("DTSTART;TZID=\"(UTC+01:00) Amsterdam, Berlin\":20260330T090000"))
        #expect(found.contains("RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;WKST=MO;UNTIL=20260529T070000Z"))
        #expect(
            found.filter { $0.hasPrefix("EXDATE") } == ["EXDATE;TZID=\"(UTC+01:00) Amsterdam, Berlin\":20260401T090000"]
        )
        #expect(found.contains("RECURRENCE-ID;TZID=\"(UTC+01:00) Amsterdam, Berlin\":20260413T090000"))
        #expect(found.contains("DTSTART;TZID=\"(UTC+01:00) Amsterdam, Berlin\":20260413T110000"))
    }

    @Test(
        "rules of every frequency are translated",
        arguments: [
            (0x200A, 0, [2 * 1440], [], "FREQ=DAILY;INTERVAL=2"),
            (0x200A, 1, [1440], [0b011_1110], "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;WKST=MO"),
            (0x200C, 2, [1], [15], "FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=15"),
            (0x200C, 2, [1], [31], "FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=-1"),
            (0x200C, 3, [3], [0b000_0010, 5], "FREQ=MONTHLY;INTERVAL=3;BYDAY=-1MO"),
            (0x200C, 3, [1], [0b011_1110, 1], "FREQ=MONTHLY;INTERVAL=1;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1"),
            (0x200D, 2, [12], [30], "FREQ=YEARLY;INTERVAL=1;BYMONTH=3;BYMONTHDAY=30"),
            (0x200D, 3, [24], [1, 2], "FREQ=YEARLY;INTERVAL=2;BYMONTH=3;BYDAY=2SU"),
        ] as [(Int, Int, [Int], [Int], String)])
    func rules(_ frequency: Int, _ type: Int, _ period: [Int], _ specific: [Int], _ rule: String) throws {
        var stream = request()
        stream.octets(TNEFStream.meeting, 0x0003, TNEFStream.identifier([1]))
        let pattern =
            [0x3004, 0x3004, frequency, type, 0].flatMap { little($0, 2) }
            + ([0] + period + [0] + specific + [0x2022, 10, 1, 0, 0, 223_655_040, 223_655_040]).flatMap {
                little($0, 4)
            }
            + [0x3006, 0x3009, 540, 600].flatMap { little($0, 4) } + little(0, 2) + little(0, 4)
        stream.octets(TNEFStream.appointment, 0x8216, pattern)
        #expect(try lines(stream).contains("RRULE:\(rule);COUNT=10"))
    }

    @Test("a series whose pattern cannot be read is not made a single event")
    func damagedSeries() {
        var stream = request()
        stream.octets(TNEFStream.meeting, 0x0003, TNEFStream.identifier([1]))
        stream.octets(TNEFStream.appointment, 0x8216, [0x04, 0x30, 1, 2, 3])
        #expect(MailParser.parse(stream.mail()).calendarParts().isEmpty)
    }

    @Test("one instance of a series is named by when it would have started")
    func instance() throws {
        var stream = request()
        stream.octets(TNEFStream.meeting, 0x0003, TNEFStream.identifier([1], year: 2026, month: 3, day: 30))
        stream.time(TNEFStream.appointment, 0x8228, Self.start - 7200)
        let found = try lines(stream)
        #expect(found.contains("RECURRENCE-ID:20260330T050000Z"))
        #expect(
            found.contains("UID:040000008200E00074C5B7101A82E008" + String(repeating: "0", count: 40) + "0100000001"))
    }

    @Test("an all-day event is a date in its zone, or the nearest midnight without one")
    func allDay() throws {
        var stream = TNEFStream(messageClass: "IPM.Schedule.Meeting.Request")
        stream.octets(TNEFStream.meeting, 0x0003, TNEFStream.identifier([1]))
        // Midnight of 2026-03-31 in Berlin.
        stream.time(TNEFStream.appointment, 0x820D, 1_774_908_000)
        stream.time(TNEFStream.appointment, 0x820E, 1_774_908_000 + 86400)
        stream.flag(TNEFStream.appointment, 0x8215, true)
        let bare = try lines(stream)
        #expect(bare.contains("DTSTART;VALUE=DATE:20260331") && bare.contains("DTEND;VALUE=DATE:20260401"))
        stream.octets(TNEFStream.appointment, 0x8233, TNEFStream.berlin)
        let zoned = try lines(stream)
        #expect(zoned.contains("DTSTART;VALUE=DATE:20260331") && zoned.contains("DTEND;VALUE=DATE:20260401"))
    }

    @Test("a zone definition names its zone and gives the rule in force")
    func zoneDefinition() throws {
        var stream = request()
        stream.octets(TNEFStream.meeting, 0x0003, TNEFStream.identifier([1]))
        let name = "W. Europe Standard Time"
        let rule = TNEFStream.berlin
        func entry(_ flags: Int, _ bias: Int) -> [UInt8] {
            little(0x0102, 2) + little(0x3E, 2) + little(flags, 2) + little(2007, 2) + [UInt8](repeating: 0, count: 14)
                + little(bias, 4)
                + Array(rule[4..<12]) + Array(rule[14..<30]) + Array(rule[32..<48])
        }
        let head = little(0x0102, 2) + little(0x30, 2) + little(2, 2) + little(name.utf16.count, 2)
        stream.octets(
            TNEFStream.appointment, 0x825E,
            head + name.utf16.flatMap { little(Int($0), 2) } + little(2, 2) + entry(0, 0) + entry(2, -60))
        let found = try lines(stream)
        #expect(found.contains("DTSTART;TZID=\"W. Europe Standard Time\":20260330T090000"))
        #expect(found.contains("TZID:W. Europe Standard Time"))
    }

    @Test("files inside are files of the message, calendars among them are found")
    func files() {
        var stream = TNEFStream(messageClass: "IPM.Microsoft Mail.Note")
        stream.file("list.csv", Array("a,b\r\n".utf8))
        stream.file("Invite.ICS", Array("BEGIN:VCALENDAR".utf8))
        let parsed = MailParser.parse(stream.mail())
        #expect(parsed.attachedFiles.map(\.filename) == ["list.csv", "Invite.ICS"])
        #expect(parsed.attachedFiles.first?.bytes == Array("a,b\r\n".utf8))
        #expect(parsed.calendarParts().map(\.source) == [.fileName])
    }

    @Test("a stream cut off anywhere, or with any octet damaged, is still read")
    func damaged() {
        var stream = request()
        stream.octets(TNEFStream.meeting, 0x0003, TNEFStream.identifier([1]))
        stream.octets(TNEFStream.appointment, 0x8233, TNEFStream.berlin)
        stream.file("list.csv", Array("a,b\r\n".utf8))
        let bytes = stream.finished()
        var generator = SeededGenerator(state: 7)
        for length in bytes.indices {
            _ = TNEF(Array(bytes[..<length]))
            var copy = bytes
            for _ in 0..<3 {
                copy[Int.random(in: copy.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            let message = MIMEPart(copy)
            _ = ParsedMail(root: message).calendarParts()
        }
        #expect(TNEF([]) == nil && TNEF(Array("BEGIN:VCALENDAR".utf8)) == nil)
    }

    @Test(
        "the captured mails give their files",
        .enabled(if: Corpus.folder != nil, "the corpus is not beside the repository"))
    func captured() throws {
        let two = MailParser.parse(try Corpus.read("eml/065_kdepim-addons_tnef-two-files.eml"))
        #expect(two.attachedFiles.map(\.filename) == ["AUTHORS", "README"])
        #expect(two.attachedFiles.map(\.bytes.count) == [244, 893])
        let pictures = MailParser.parse(try Corpus.read("eml/153_roundcubemail_tnef3.eml"))
        #expect(pictures.attachedFiles.map(\.filename) == ["zappa_av1.jpg", "bookmark.htm"])
        #expect(pictures.attachedFiles.first?.bytes.starts(with: [0xFF, 0xD8]) == true)
    }
}

extension MIMEPart {
    /// A leaf that holds a TNEF stream.
    fileprivate init(_ bytes: [UInt8]) {
        self = MailParser.parse(Array("Content-Type: application/ms-tnef\r\n\r\n".utf8) + bytes).root
    }
}
