import ICalendar
import Testing

private func parse(_ text: String) -> ParsedCalendars { ICalendar.parse(Array(text.utf8)) }

private func codes(_ parsed: ParsedCalendars) -> [Problem.Code] { parsed.problems.map(\.code) }

/// A calendar with one VEVENT around the lines, with CR LF.
private func event(_ lines: String...) -> [UInt8] {
    let all = ["BEGIN:VCALENDAR", "BEGIN:VEVENT"] + lines + ["END:VEVENT", "END:VCALENDAR", ""]
    return Array(all.joined(separator: "\r\n").utf8)
}

private func properties(_ bytes: [UInt8], charset: String? = nil) -> [Property] {
    ICalendar.parse(bytes, charset: charset).calendars.first?.components.first?.properties ?? []
}

typealias LimitPath = any WritableKeyPath<Limits, Int> & Sendable

@Suite struct ParsingTests {
    @Test("components, properties and parameters come out in the order they stand in, with their lines")
    func structure() {
        let parsed = parse(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nuid:1\r\n"
                + "ATTENDEE;cn=\"Doe; John\";ROLE=CHAIR:mailto:j@example.org\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
        #expect(parsed.problems.isEmpty)
        let calendar = parsed.calendars.first
        #expect(calendar?.first("VERSION")?.value == "2.0")
        let event = calendar?.components.first
        #expect(event?.name == "VEVENT")
        #expect(event?.line == 3)
        #expect(event?.properties.map(\.name) == ["UID", "ATTENDEE"])
        #expect(event?.first("ATTENDEE")?.line == 5)
        #expect(event?.first("ATTENDEE")?.parameter("CN") == "Doe; John")
        #expect(event?.first("ATTENDEE")?.parameter("role") == "CHAIR")
        #expect(event?.first("ATTENDEE")?.value == "mailto:j@example.org")
    }

    @Test("lines may end with LF, CR or both, mixed, and blank lines do not matter")
    func lineEnds() {
        let parsed = parse(
            "BEGIN:VCALENDAR\nVERSION:2.0\r\rBEGIN:VEVENT\r\nUID:1\r\r\n 2\n\n\nEND:VEVENT\rEND:VCALENDAR")
        #expect(parsed.calendars.first?.components.first?.first("UID")?.value == "12")
        #expect(codes(parsed) == [.lineEnding, .blankLine])
    }

    @Test("a fold inside a character is joined before the text is decoded")
    func foldInsideCharacter() {
        var bytes = event("SUMMARY:Zürich")
        let second = bytes.firstIndex(of: 0xC3)! + 1
        bytes.insert(contentsOf: [0x0D, 0x0A, 0x20], at: second)
        let parsed = ICalendar.parse(bytes)
        #expect(parsed.calendars[0].components[0].first("SUMMARY")?.value == "Zürich")
        #expect(codes(parsed) == [.badFold])
        #expect(parsed.problems[0].line == 4)
    }

    @Test("only the one white space of a fold is removed")
    func foldKeepsFurtherSpace() {
        #expect(properties(event("SUMMARY:a", "  b", "\tc")).first?.value == "a bc")
    }

    @Test("text that is not UTF-8 is windows-1252 unless the transport says otherwise")
    func charsets() {
        func text(_ bytes: [UInt8], _ charset: String?) -> String? {
            properties(event("SUMMARY:*").flatMap { $0 == UInt8(ascii: "*") ? bytes : [$0] }, charset: charset).first?
                .value
        }
        #expect(text([0x80, 0xFC], nil) == "€ü")
        #expect(text([0xC3, 0xBC], nil) == "ü")
        #expect(text([0xC3, 0xBC], "utf-8") == "ü")
        #expect(text([0xC0, 0xE0], "windows-1251") == "Аа")
        #expect(text([0xA4], "ISO-8859-15") == "€")
        #expect(text([0xE9], "ISO-8859-1") == "é")
        #expect(text([0xC3, 0xBC], "x-nobody-knows") == "ü")
        #expect(codes(ICalendar.parse(event("SUMMARY:a"), charset: "x-nobody-knows")) == [.unknownCharset])
    }

    @Test("byte order marks are understood", arguments: [true, false])
    func byteOrderMarks(bigEndian: Bool) {
        let text = "\u{FEFF}BEGIN:VCALENDAR\r\nX-A:Zoë 🎉\r\nEND:VCALENDAR\r\n"
        let wide = text.utf16.flatMap { unit in
            bigEndian ? [UInt8(unit >> 8), UInt8(unit & 0xFF)] : [UInt8(unit & 0xFF), UInt8(unit >> 8)]
        }
        #expect(ICalendar.parse(wide).calendars.first?.first("X-A")?.value == "Zoë 🎉")
        #expect(parse(text).calendars.first?.first("X-A")?.value == "Zoë 🎉")
    }

    @Test("a missing END closes the component where the next one begins")
    func missingEnd() {
        let parsed = parse(
            "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nBEGIN:VALARM\r\nBEGIN:VEVENT\r\nUID:2\r\nEND:VEVENT\r\n")
        #expect(parsed.calendars.first?.components.map { $0.first("UID")?.value } == ["1", "2"])
        #expect(parsed.calendars.first?.components.first?.components.first?.name == "VALARM")
        #expect(codes(parsed) == [.missingEnd, .missingEnd, .missingEnd])
    }

    @Test("an END that closes nothing is left out")
    func strayEnd() {
        let parsed = parse("BEGIN:VCALENDAR\r\nEND:VEVENT\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n")
        #expect(parsed.calendars.first?.first("VERSION") != nil)
        #expect(codes(parsed) == [.strayEnd])
    }

    @Test("an event without a calendar gets one")
    func bareEvent() {
        let parsed = parse("BEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:2\r\nEND:VEVENT\r\n")
        #expect(parsed.calendars.map(\.components.count) == [2])
        #expect(codes(parsed) == [.missingCalendar])
    }

    @Test("several calendars are kept apart, and what stands around them is left out")
    func severalCalendars() {
        let parsed = parse(
            "Hello\r\nBEGIN:VCALENDAR\r\nX:1\r\nEND:VCALENDAR\r\nBEGIN:VCALENDAR\r\nX:2\r\nEND:VCALENDAR\r\nbye: bye\r\n"
        )
        #expect(parsed.calendars.map { $0.first("X")?.value } == ["1", "2"])
        #expect(codes(parsed) == [.outsideCalendar, .outsideCalendar])
        #expect(parsed.problems.map(\.line) == [1, 8])
    }

    @Test("RFC 6868 is undone in parameters, quoted or not")
    func circumflex() {
        let read = properties(event("ATTENDEE;CN=\"a^'b^n^^c^x\";X-P=^^:mailto:a@b")).first
        #expect(read?.parameter("CN") == "a\"b\n^c^x")
        #expect(read?.parameter("X-P") == "^")
    }

    @Test("parameters that clients write wrongly are read as they are meant")
    func lenientParameters() {
        #expect(properties(event("ATTENDEE;CN=Doe\\, John:mailto:a@b")).first?.parameter("CN") == "Doe, John")
        #expect(
            properties(event("ATTENDEE;CN=\"A \\\"B\\\" C\";ROLE=CHAIR:mailto:a@b")).first?.parameter("CN")
                == "A \"B\" C")
        let sentBy = properties(event("ORGANIZER;SENT-BY=mailto:c@d;CN=x:mailto:a@b")).first
        #expect(sentBy?.parameter("SENT-BY") == "mailto:c@d")
        #expect(sentBy?.value == "mailto:a@b")
        let zone = properties(event("DTSTART;TZID=(UTC+01:00) Amsterdam, Berlin:20260101T100000")).first
        #expect(zone?.parameter("TZID") == "(UTC+01:00) Amsterdam, Berlin")
        #expect(zone?.value == "20260101T100000")
        let open = properties(event("ATTENDEE;CN=\"open;ROLE=CHAIR:mailto:a@b")).first
        #expect(open?.value == "mailto:a@b")
    }

    @Test("lists of values are kept, quoted or not")
    func listParameters() {
        let read = properties(event("ATTENDEE;MEMBER=\"mailto:a@b\",\"mailto:c@d\";X=1,2,3:mailto:e@f")).first
        #expect(read?.parameters.map(\.values) == [["mailto:a@b", "mailto:c@d"], ["1", "2", "3"]])
    }

    @Test("vCalendar 1.0 encodings are translated")
    func oldEncodings() {
        let bytes = event(
            "SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:Gr=FC=DFe=0D=0Aaus =", " Bonn=2E", "LOCATION:x")
        let read = properties(bytes)
        #expect(read.first?.value == "Grüße\\naus  Bonn.")
        #expect(read.first?.parameters == [])
        #expect(read.count == 2)
        #expect(codes(ICalendar.parse(bytes)) == [.oldVersion, .oldVersion])
    }

    @Test("a line that is none is left out and named")
    func badLines() {
        let parsed = ICalendar.parse(event("UID:1", "this is no line", ";x:y", "SUMMARY"))
        #expect(parsed.calendars[0].components[0].properties.count == 1)
        #expect(parsed.problems.map(\.line) == [4, 5, 6])
        #expect(codes(parsed) == [.badLine, .badLine, .badLine])
    }

    @Test(
        "limits end the parsing where they are exceeded, and what was read is kept",
        arguments: [
            (\Limits.depth, 3, "BEGIN:X\r\nBEGIN:Y\r\nSUMMARY:no", 4),
            (\.properties, 23, "A:1\r\nB:2\r\nC:3\r\nSUMMARY:no", 6),
            (\.properties, 23, "A:1\r\nB;P=1,2:2\r\nSUMMARY:no", 4),
            (\.properties, 35, "A:1\r\nBEGIN:X\r\nEND:X\r\nBEGIN:Y\r\nEND:Y\r\nSUMMARY:no", 6),
            (\.lineLength, 40, "A:\(String(repeating: "x", count: 50))\r\nSUMMARY:no", 3),
            (\.size, 50, "A:1\r\nB:2\r\nC:3\r\nDESCRIPTION:12345678\r\nSUMMARY:no", 6),
        ] as [(LimitPath, Int, String, Int)])
    func limits(limit: LimitPath, value: Int, lines: String, line: Int) {
        var limits = Limits()
        limits[keyPath: limit] = value
        let parsed = ICalendar.parse(event(lines), limits: limits)
        let problem = parsed.problems.first { $0.code == .limitExceeded }
        #expect(problem?.line == line)
        #expect(parsed.calendars.first?.components.first?.first("SUMMARY") == nil)
        #expect(parsed.calendars.first?.components.first?.name == "VEVENT")
        #expect(ICalendar.parse(event(lines)).problems.allSatisfy { $0.code != .limitExceeded })
    }

    @Test("parameters and their values beyond the limit are left out, and named")
    func parameterLimits() {
        var limits = Limits()
        (limits.parameters, limits.values) = (2, 3)
        let parsed = ICalendar.parse(event("A;P=1,2,3,4,5;Q=1;R=1:value"), limits: limits)
        let property = parsed.calendars.first?.components.first?.first("A")
        #expect(property?.parameters == [ContentParameter("P", "1", ["2", "3"]), ContentParameter("Q", "1")])
        #expect(property?.value == "value")
        #expect(parsed.problems.map(\.code) == [.badParameter])
    }

    @Test(
        "short lines come to an end, so that memory stays in proportion to the input",
        arguments: [("BEGIN:VEVENT\r\nEND:VEVENT\r\n", 10), ("A:\r\n", 1), ("A;P=,,,,,,,,:\r\n", 10)])
    func proportion(unit: String, weight: Int) {
        let count = Limits.default.properties / weight
        let parsed = parse("BEGIN:VCALENDAR\r\n" + String(repeating: unit, count: count + 10))
        #expect(parsed.problems.contains { $0.code == .limitExceeded })
        let calendar = parsed.calendars.first
        #expect(max(calendar?.components.count ?? 0, calendar?.properties.count ?? 0) <= count)
    }

    @Test("problems are kept up to a limit")
    func problemLimit() {
        let parsed = parse("BEGIN:VCALENDAR\r\n" + String(repeating: "no line\r\n", count: 100_000) + "END:VCALENDAR")
        #expect(parsed.problems.count == Limits.default.problems)
    }

    @Test("a line that is not folded belongs to the text before it, and is named")
    func unfoldedText() {
        let parsed = ICalendar.parse(event("DESCRIPTION:One", "two three", "(four)", "X-A:5", "six seven"))
        let read = parsed.calendars.first?.components.first
        #expect(read?.first("DESCRIPTION")?.text == "One\ntwo three\n(four)")
        #expect(read?.first("X-A")?.value == "5")
        #expect(parsed.problems.map(\.code) == [.badLine, .badLine, .badLine])
        #expect(parsed.problems.map(\.line) == [4, 5, 7])
    }

    @Test("a quoted parameter may be broken into lines, but never at the cost of other lines")
    func brokenQuotes() {
        let joined = properties(event("ATTENDEE;X-COMMENT=\"one", "two", "three\";RSVP=TRUE:mailto:a@b"))
        #expect(joined.map(\.name) == ["ATTENDEE"])
        #expect(joined.first?.parameter("X-COMMENT") == "one two three")
        let kept = properties(event("ATTENDEE;CN=\"one", "SUMMARY:\"Tea\"", "two\":x"))
        #expect(kept.map(\.name) == ["SUMMARY"])
    }

    @Test(
        "nothing in, nothing out",
        arguments: ["", "\r\n", " ", "\u{FEFF}", ":", ";", "BEGIN", "BEGIN:", "END:VCALENDAR"])
    func nothing(text: String) {
        #expect(parse(text).calendars.flatMap(\.properties).isEmpty)
    }
}
