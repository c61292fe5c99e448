import MailMessage
import Testing

@Suite("Outgoing mail")
struct OutgoingMailTests {
    static let calendar = Array("BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Grüße\r\nEND:VCALENDAR\r\n".utf8)

    private func box(_ name: String?, _ address: String) throws -> Mailbox {
        Mailbox(name: name, address: try EmailAddress(parsing: address))
    }

    private func invitation(
        subject: String = "Invitation: Grüße aus 東京", plain: String = "Grüße", html: String? = "<p>Grüße</p>"
    ) throws -> OutgoingMail {
        OutgoingMail(
            from: try box("Müller, Ann", "invites@example.com"), to: try box("Bob", "bob@example.org"),
            replyTo: try box(nil, "rsvp+abc@example.com"), subject: subject, date: 1_700_000_000,
            messageID: "m1@example.com",
            extraHeaders: [
                ("List-Unsubscribe", "<https://example.com/u?t=x>"),
                ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
            ],
            plain: plain, html: html, calendar: .init(method: "REQUEST", bytes: Self.calendar), boundarySeed: 7)
    }

    @Test("an invitation has the structure that gives buttons in every client")
    func structure() throws {
        let parsed = MailParser.parse(try invitation().bytes())
        #expect(parsed.problems.isEmpty)
        #expect(
            parsed.root.leaves.map(\.part.contentType.mediaType) == [
                "text/plain", "text/html", "text/calendar", "application/ics",
            ])
        #expect(parsed.root.contentType.mediaType == "multipart/mixed")
        let parts = parsed.root.leaves.map(\.part)
        #expect(parts[2].headers.first("Content-Type") == "text/calendar; charset=UTF-8; method=REQUEST")
        #expect(parts[2].disposition == nil)
        #expect(parts[2].transferEncoding == .base64 && parts[3].transferEncoding == .base64)
        #expect(parts[2].bytes == Self.calendar && parts[3].bytes == Self.calendar)
        #expect(parts[3].filename == "invite.ics" && parts[3].isAttachment)
        #expect(parsed.subject == "Invitation: Grüße aus 東京")
        #expect(parsed.from == [try box("Müller, Ann", "invites@example.com")])
        #expect(parsed.textBody == "Grüße\n")
        #expect(parsed.messageID == "<m1@example.com>")
        #expect(parsed.date == 1_700_000_000)
        #expect(parsed.headers.first("List-Unsubscribe-Post") == "List-Unsubscribe=One-Click")
    }

    @Test("the same value gives the same octets, another seed other boundaries")
    func deterministic() throws {
        var other = try invitation()
        #expect(try invitation().bytes() == other.bytes())
        other.boundarySeed = 8
        #expect(try invitation().bytes() != other.bytes())
    }

    @Test(
        "every line ends with CRLF, is ASCII and at most 78 columns long",
        arguments: [
            "short", String(repeating: "word ", count: 60), String(repeating: "Ünïcödé ", count: 40),
            "東京" + String(repeating: "会", count: 200),
            "🎉" + String(repeating: "👩‍👩‍👧‍👦", count: 30), "a\r\n\r\nb",
            String(repeating: "x", count: 60) + " " + String(repeating: "y", count: 70),
        ])
    func lines(_ text: String) throws {
        let bytes = try invitation(subject: text, plain: text + "\nFrom here\n.\n", html: text).bytes()
        #expect(bytes.allSatisfy { $0 < 0x80 && ($0 >= 0x20 || $0 == 0x0D || $0 == 0x0A) })
        var start = 0
        for (index, byte) in bytes.enumerated() where byte == 0x0A {
            #expect(bytes[index - 1] == 0x0D)
            #expect(index - 1 - start <= 78, "\(String(decoding: bytes[start..<index], as: UTF8.self))")
            start = index + 1
        }
        #expect(start == bytes.count)
        let parsed = MailParser.parse(bytes)
        #expect(parsed.subject == text.split(whereSeparator: \.isWhitespace).joined(separator: " "))
        let lines = text.replacing("\r\n", with: "\n")
        #expect(parsed.textBody == lines + "\nFrom here\n.\n")
    }

    @Test("no field can add a field, a line or a part")
    func injection() throws {
        let evil = "x\r\nBcc: victim@example.com\r\n\r\n--=_ body\u{0}\u{1B}\u{85}"
        let mail = OutgoingMail(
            from: try box(evil, "a@example.com"), to: try box(evil, "b@example.com"),
            replyTo: try box(evil, "c@example.com"),
            subject: evil, date: 0, messageID: evil,
            extraHeaders: [
                ("X-Ok", evil), ("X-Bad\r\nBcc", "v@example.com"), ("Bcc", "v@example.com"), ("From", "v@example.com"),
                ("", "x"), ("X Y", "z"),
            ],
            plain: "text", calendar: .init(method: "REQUEST\r\nBcc: x", bytes: Self.calendar),
            attachments: [.init(filename: evil, contentType: "text/csv\r\nBcc: x", bytes: [1, 2, 3])])
        let parsed = MailParser.parse(mail.bytes())
        #expect(parsed.problems.isEmpty)
        #expect(
            parsed.headers.fields.map(\.name) == [
                "From", "To", "Reply-To", "Subject", "Date", "Message-ID", "X-Ok", "MIME-Version", "Content-Type",
            ])
        for (_, part) in parsed.root.leaves {
            #expect(
                Set(part.headers.fields.map(\.name)).isSubset(of: [
                    "Content-Type", "Content-Transfer-Encoding", "Content-Disposition",
                ]))
        }
        #expect(parsed.root.leaves.map(\.part.bytes).last == [1, 2, 3])
    }

    @Test("no line is longer than 998 octets whatever is in it")
    func veryLongWords() throws {
        var mail = try invitation()
        mail.extraHeaders = [("X-Long", String(repeating: "q", count: 5000))]
        mail.subject = String(repeating: "s", count: 3000)
        mail.to.name = String(repeating: "n", count: 3000)
        mail.attachments = [.init(filename: String(repeating: "ä🎉", count: 500), contentType: "a/b", bytes: [])]
        for line in mail.bytes().split(separator: 0x0A) { #expect(line.count <= 999) }
    }

    @Test(
        "text goes as 7bit when it comes through unchanged, as quoted-printable otherwise",
        arguments: [
            ("Plain text.\nTwo lines.", true), ("", true), ("Grüße", false), (String(repeating: "x", count: 79), false),
            ("From me", false),
            (".", false), ("trailing \nblank", false), ("a =_ boundary", false), ("tab\there", true), ("a = b", true),
        ])
    func textEncoding(_ text: String, _ is7Bit: Bool) throws {
        let mail = OutgoingMail(
            from: try box(nil, "a@example.com"), to: try box(nil, "b@example.com"), subject: "s", date: 0, plain: text)
        let parsed = MailParser.parse(mail.bytes())
        #expect(parsed.root.transferEncoding == (is7Bit ? .identity : .quotedPrintable))
        #expect(parsed.textBody == (text.isEmpty ? "" : text + "\n"))
    }

    @Test("placeholders of a prepared body are filled in for each recipient")
    func placeholders() throws {
        let body = PreparedBody(
            plain: "Hello {name},\nstop: {url}\nbye {name}{name}",
            html: "<p>Hello {html}</p><a href=\"{url}\">stop</a>",
            placeholders: ["{name}", "{url}", "{html}"])
        for (name, html) in [
            ("Zoë & Co", "Zoë &amp; Co"), ("", ""), ("A\r\nB", "x"), (String(repeating: "Å", count: 100), "=3D"),
        ] {
            let url = "https://example.com/u?t=" + String(repeating: "k", count: 100)
            let mail = OutgoingMail(
                from: try box(nil, "a@example.com"), to: try box(nil, "b@example.com"), subject: "s", date: 0,
                body: body,
                replacements: [name, url, html])
            let parsed = MailParser.parse(mail.bytes())
            #expect(parsed.problems.isEmpty)
            let line = name.replacing("\r\n", with: "\n")
            #expect(parsed.textBody == "Hello \(line),\nstop: \(url)\nbye \(line)\(line)\n")
            #expect(parsed.root.leaves[1].part.text == "<p>Hello \(html)</p><a href=\"\(url)\">stop</a>\r\n")
            for row in mail.bytes().split(separator: 0x0A) { #expect(row.count <= 79) }
        }
    }
}
