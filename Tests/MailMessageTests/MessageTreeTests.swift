import MailMessage
import Testing

/// Octets of a mail with CRLF line ends.
func mail(_ lines: String...) -> [UInt8] {
    Array(lines.joined(separator: "\n").replacing("\n", with: "\r\n").utf8)
}

@Suite("Reading messages")
struct MessageTreeTests {
    static let header = "From: Ann <ann@example.com>\nSubject: x\nMIME-Version: 1.0\n"

    private func texts(_ mail: ParsedMail) -> [String] { mail.root.leaves.map { $0.part.text.trimmedLines } }

    @Test("a nested message gives its parts in order, each with its path")
    func nested() {
        let parsed = MailParser.parse(
            mail(
                """
                \(Self.header)Content-Type: multipart/mixed; boundary="outer"

                preamble
                --outer
                Content-Type: multipart/alternative; boundary=inner

                --inner

                plain
                --inner
                Content-Type: text/html

                <p>html
                --inner--
                --outer
                Content-Type: application/ics; name=invite.ics
                Content-Disposition: attachment; filename="dir/invite.ics"

                BEGIN:VCALENDAR
                --outer--
                epilogue
                """))
        #expect(parsed.problems.isEmpty)
        #expect(parsed.root.leaves.map(\.path) == [[0, 0], [0, 1], [1]])
        #expect(texts(parsed) == ["plain", "<p>html", "BEGIN:VCALENDAR"])
        #expect(parsed.root.leaves[2].part.filename == "invite.ics")
        #expect(parsed.root.leaves[2].part.isAttachment)
        #expect(parsed.from.first?.address.description == "ann@example.com")
    }

    @Test("a missing end boundary, or one missing inside, loses no part")
    func missingEnd() {
        let parsed = MailParser.parse(
            mail(
                """
                \(Self.header)Content-Type: multipart/mixed; boundary=outer

                --outer
                Content-Type: multipart/alternative; boundary=inner

                --inner

                one
                --outer

                two
                """))
        #expect(texts(parsed) == ["one", "two"])
        #expect(parsed.problems == [.missingEndBoundary])
    }

    @Test("a boundary that is not announced, or announced wrongly, is found in the body")
    func wrongBoundary() {
        let body = "\n--real\nContent-Type: text/plain\n\none\n--real\n\ntwo\n--real--\n"
        let missing = MailParser.parse(mail(Self.header + "Content-Type: multipart/mixed\n" + body))
        #expect(texts(missing) == ["one", "two"])
        #expect(missing.problems == [.missingBoundary])
        let wrong = MailParser.parse(mail(Self.header + "Content-Type: multipart/mixed; boundary=other\n" + body))
        #expect(texts(wrong) == ["one", "two"])
        #expect(wrong.problems == [.wrongBoundary])
        let none = MailParser.parse(mail(Self.header + "Content-Type: multipart/mixed; boundary=b\n\njust text\n"))
        #expect(texts(none) == ["just text"])
    }

    @Test("one boundary used on two levels still gives every part")
    func duplicateBoundary() {
        let parsed = MailParser.parse(
            mail(
                """
                \(Self.header)Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: multipart/alternative; boundary=b

                --b

                one
                --b

                two
                --b--
                --b

                three
                --b--
                """))
        #expect(texts(parsed) == ["one", "two", "three"])
    }

    @Test("a boundary that another one begins with is not mistaken for it")
    func prefixBoundary() {
        let parsed = MailParser.parse(
            mail(
                """
                \(Self.header)Content-Type: multipart/mixed; boundary="--=_1"

                ----=_1
                Content-Type: multipart/alternative; boundary="--=_12"

                ----=_12

                one
                ----=_12--
                ----=_1 \t

                two
                ----=_1--
                """))
        #expect(texts(parsed) == ["one", "two"])
    }

    @Test("multiparts nested beyond the limit stay undivided")
    func depth() {
        var text = Self.header
        for level in 0..<500 { text += "Content-Type: multipart/mixed; boundary=b\(level)\n\n--b\(level)\n" }
        let parsed = MailParser.parse(mail(text + "\ndeep\n"), limits: MailParser.Limits(maximumDepth: 10))
        #expect(parsed.problems.contains(.tooDeep(limit: 10)))
        #expect(parsed.root.leaves.map(\.path.count) == [10])
    }

    @Test("parts beyond the limit are dropped, not the ones before")
    func partLimit() {
        let text =
            Self.header + "Content-Type: multipart/mixed; boundary=b\n\n" + String(repeating: "--b\n\nx\n", count: 100)
        let parsed = MailParser.parse(mail(text), limits: MailParser.Limits(maximumParts: 10))
        #expect(parsed.root.leaves.count == 9)
        #expect(parsed.problems.contains(.tooManyParts(limit: 10)))
    }

    @Test("lines may end with LF, with CR, or now one way and now the other")
    func lineEnds() {
        let text = Self.header + "Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b--\n"
        #expect(texts(MailParser.parse(Array(text.utf8))) == ["one"])
        let macintosh = MailParser.parse(Array(text.replacing("\n", with: "\r").utf8))
        #expect(texts(macintosh) == ["one"])
        #expect(macintosh.problems.contains(.bareCarriageReturns))
        var isOdd = false
        let mixed = text.utf8.flatMap { byte -> [UInt8] in
            if byte == 0x0A { isOdd.toggle() }
            return byte == 0x0A && isOdd ? [0x0D, 0x0A] : [byte]
        }
        #expect(texts(MailParser.parse(mixed)) == ["one"])
    }

    @Test("a carriage return inside a field does not start another field")
    func injectedField() {
        let parsed = MailParser.parse(
            Array("Subject: x\rFrom: ceo@bank.example\r\nFrom: eve@evil.example\r\n\r\n".utf8))
        #expect(parsed.from.map(\.address.description) == ["eve@evil.example"])
    }

    @Test("fields that may stand once and stand twice are reported, the first counts")
    func repeatedField() {
        let parsed = MailParser.parse(mail("From: a@example.com\nfrom : b@example.com\nSubject: x\n\nbody"))
        #expect(parsed.problems == [.repeatedField("from")])
        #expect(parsed.from.map(\.address.description) == ["a@example.com"])
    }

    @Test("a header without its empty line ends where the fields end")
    func missingBlankLine() {
        let parsed = MailParser.parse(mail("From: a@example.com\nSubject: x\nThis is the body: hello\nMore"))
        #expect(parsed.textBody == "This is the body: hello\nMore")
        #expect(parsed.problems == [.missingBlankLine])
        let calendar = MailParser.parse(
            mail("From: a@example.com\nContent-Type: text/calendar\nBEGIN:VCALENDAR\nEND:VCALENDAR"))
        #expect(calendar.calendarParts().first?.bytes.starts(with: "BEGIN:VCALENDAR".utf8) == true)
    }

    @Test("the From line of a mailbox file and empty lines before the header are skipped")
    func envelopeLine() {
        let text = "\n\nFrom ann@example.com Thu Jan  1 00:00:00 1970\nFrom: a@example.com\nSubject: x\n\nbody"
        #expect(MailParser.parse(mail(text)).subject == "x")
        #expect(MailParser.parse(mail("\n\njust text")).textBody?.contains("just text") == true)
    }

    @Test("folded fields are joined with their blanks, octets beyond ASCII are read")
    func fields() {
        var bytes = mail("Subject: one\n two\n\tthree\n \nX-Name: =?utf-8?Q?a?=\n =?utf-8?Q?b?=\nX-Latin: caf")
        bytes += [0xE9] + mail("\nX-UTF8: café\nX-Empty:\n\n")
        let headers = MailParser.parse(bytes).headers
        #expect(headers.first("subject") == "one two\tthree")
        #expect(headers.decoded("X-NAME") == "ab")
        #expect(headers.first("X-Latin") == "café")
        #expect(headers.first("X-UTF8") == "café")
        #expect(headers.first("X-Empty") == "")
        #expect(headers.all("X-None").isEmpty)
    }

    @Test("an enclosed message is read but its parts are not those of the outer one")
    func enclosedMessage() throws {
        let parsed = MailParser.parse(
            mail(
                """
                \(Self.header)Content-Type: multipart/mixed; boundary=b

                --b

                see attached
                --b
                Content-Type: message/rfc822

                From: Bob <bob@example.org>
                Content-Type: multipart/mixed; boundary=c

                --c
                Content-Type: text/calendar; method=REQUEST

                BEGIN:VCALENDAR
                --c--
                --b
                Content-Type: message/rfc822
                Content-Transfer-Encoding: base64

                U3ViamVjdDogZW5jb2RlZA0KDQpib2R5
                --b--
                """))
        #expect(parsed.root.leaves.count == 3)
        #expect(parsed.calendarParts().map(\.path) == [[1]], "its calendar counts, since the outer message has none")
        guard case .message(let inner) = parsed.root.leaves[1].part.body,
            case .message(let coded) = parsed.root.leaves[2].part.body
        else {
            Issue.record("no enclosed messages")
            return
        }
        #expect(ParsedMail(root: inner).calendarParts().first?.method == "REQUEST")
        #expect(coded.headers.first("Subject") == "encoded")
    }

    @Test(
        "no input at all, or only line ends, is a message too",
        arguments: ["", "\n", "\r\n\r\n", "\r", ":", " ", "--", "a:"])
    func nothing(_ text: String) {
        let parsed = MailParser.parse(Array(text.utf8))
        #expect(parsed.calendarParts().isEmpty)
        #expect(parsed.from.isEmpty)
    }
}

extension String {
    var trimmedLines: String {
        var text = Substring(self)
        while let last = text.last, last.isNewline { text.removeLast() }
        return String(text)
    }
}
