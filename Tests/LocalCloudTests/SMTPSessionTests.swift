import LocalCloud
import Testing

@Suite("An SMTP conversation")
struct SMTPSessionTests {
    private func session() -> SMTPSession {
        SMTPSession(domain: "calendar.example.com") { $0.hasPrefix("create") && $0.hasSuffix("@calendar.example.com") }
    }

    /// The replies' codes, and the messages, to a client that says all at once.
    private func talk(_ session: inout SMTPSession, _ lines: String...) -> [SMTPSession.Output] {
        session.receive(Array(lines.map { $0 + "\r\n" }.joined().utf8))
    }

    private func codes(_ outputs: [SMTPSession.Output]) -> [String] {
        outputs.map { output in
            switch output {
            case .reply(let text): String(text.prefix(3))
            case .message: "message"
            case .close: "close"
            }
        }
    }

    private static let opening = ["EHLO pc", "MAIL FROM:<ann@acme.example>", "RCPT TO:<create@calendar.example.com>"]

    @Test("takes a message that a client sends without waiting, dots unstuffed, however it is cut")
    func pipelining() throws {
        var whole = session()
        let outputs = talk(
            &whole, "EHLO pc", "MAIL FROM:<ann@acme.example> SIZE=99 BODY=8BITMIME SMTPUTF8",
            "RCPT TO:<create@calendar.example.com>", "DATA", "Subject: Tee für Änne", "", "..", ".dot", "a\nb", ".",
            "QUIT")
        #expect(codes(outputs) == ["250", "250", "250", "354", "message", "221", "close"])
        guard case .message(let taken) = outputs[4] else { return }
        #expect(taken.sender == "ann@acme.example" && taken.user == nil)
        #expect(taken.recipients == ["create@calendar.example.com"])
        #expect(taken.message == Array("Subject: Tee für Änne\r\n\r\n.\r\ndot\r\na\nb\r\n".utf8))

        var cut = session()
        var pieces: [SMTPSession.Output] = []
        let text = "EHLO pc\r\nMAIL FROM:<>\r\nRCPT TO:<create+x@calendar.example.com>\r\nDATA\r\n.\n.\r\nx\r\n.\r\n"
        for byte in Array(text.utf8) { pieces += cut.receive([byte]) }
        #expect(codes(pieces) == ["250", "250", "250", "354", "message"])
        guard case .message(let envelope)? = pieces.last else { return }
        #expect(envelope.message == Array("\n.\r\nx\r\n".utf8), "a dot between other line ends ends nothing")
        #expect(envelope.sender == "")
    }

    @Test("offers what mail programs ask for")
    func offers() {
        var session = session()
        guard case .reply(let text)? = talk(&session, "EHLO pc").first else { return }
        for name in ["PIPELINING", "8BITMIME", "SMTPUTF8", "SIZE 31457280", "AUTH PLAIN LOGIN"] {
            #expect(text.contains(name))
        }
        #expect(text.split(separator: "\r\n").dropLast().allSatisfy { $0.hasPrefix("250-") })
    }

    @Test("lets anybody log in, in each of the ways, and remembers as whom")
    func login() throws {
        // NUL "dmarc=FAIL" NUL "x", and "ann" with "pw".
        let plain = "AGRtYXJjPUZBSUwAeA=="
        let ways: [(lines: [String], replies: [String], user: String)] = [
            (["AUTH PLAIN \(plain)"], ["235"], "dmarc=FAIL"), (["AUTH PLAIN", plain], ["334", "235"], "dmarc=FAIL"),
            (["AUTH LOGIN", "YW5u", "cHc="], ["334", "334", "235"], "ann"),
            (["AUTH LOGIN YW5u", "cHc="], ["334", "235"], "ann"),
        ]
        for way in ways {
            var session = session()
            _ = talk(&session, "EHLO pc")
            #expect(codes(way.lines.flatMap { talk(&session, $0) }) == way.replies)
            let outputs = talk(
                &session, "MAIL FROM:<a@b.example>", "RCPT TO:<create@calendar.example.com>", "DATA", "x", ".")
            guard case .message(let envelope)? = outputs.last else {
                Issue.record("no message")
                continue
            }
            #expect(envelope.user == way.user)
        }
    }

    @Test(
        "answers what it cannot do with the reason",
        arguments: [
            (["MAIL FROM:<a@b.example>"], "503"), (["EHLO"], "501"), (["EHLO pc", "RCPT TO:<a@b.example>"], "503"),
            (["EHLO pc", "DATA"], "503"), (["EHLO pc", "MAIL FROM:a@b.example"], "501"),
            (["EHLO pc", "MAIL FROM:<a b>"], "501"), (["EHLO pc", "MAIL FROM:<a@b.example> SIZE=99999999"], "552"),
            (["EHLO pc", "MAIL FROM:<a@b.example> SIZE=x"], "501"),
            (["EHLO pc", "MAIL FROM:<a@b.example> RET=FULL"], "555"),
            (["EHLO pc", "MAIL FROM:<a@b.example>", "MAIL FROM:<a@b.example>"], "503"),
            (["EHLO pc", "MAIL FROM:<a@b.example>", "DATA"], "503"),
            (["EHLO pc", "MAIL FROM:<a@b.example>", "RCPT TO:<nobody@calendar.example.com>"], "550 5.1.1"),
            (["EHLO pc", "MAIL FROM:<a@b.example>", "RCPT TO:<ann@acme.example>"], "550 5.7.1"),
            (["EHLO pc", "MAIL FROM:<a@b.example>", "RCPT TO:<>"], "501"), (["STARTTLS"], "502"),
            (["EHLO pc", "AUTH CRAM-MD5"], "504"), (["EHLO pc", "AUTH PLAIN !"], "501"), (["FROB"], "500"),
            ([""], "500"), (["NOOP", "VRFY x", "HELP", "RSET"], "250"),
        ])
    func refusals(lines: [String], code: String) throws {
        var session = session()
        let outputs = lines.flatMap { talk(&session, $0) }
        guard case .reply(let last)? = outputs.last else {
            Issue.record("no reply")
            return
        }
        #expect(last.hasPrefix(code) && last.hasSuffix("\r\n"))
    }

    @Test("has limits: recipients, a line, a message, mistakes")
    func limits() {
        var many = session()
        for line in Self.opening { _ = talk(&many, line) }
        for _ in 1..<SMTPSession.recipientLimit { _ = talk(&many, "RCPT TO:<create@calendar.example.com>") }
        #expect(codes(talk(&many, "RCPT TO:<create@calendar.example.com>")) == ["452"])

        var long = session()
        #expect(codes(talk(&long, String(repeating: "x", count: 10_000), "NOOP")) == ["500", "250"])

        var large = session()
        for line in Self.opening + ["DATA"] { _ = talk(&large, line) }
        let line = Array(String(repeating: "x", count: 998).utf8) + [0x0D, 0x0A]
        for _ in 0...(SMTPSession.messageLimit / line.count) { #expect(large.receive(line).isEmpty) }
        #expect(codes(talk(&large, ".", "NOOP")) == ["552", "250"])

        var wrong = session()
        let outputs = (0..<30).flatMap { _ in talk(&wrong, "FROB") }
        #expect(outputs.contains(.close))
    }
}
