import MailMessage
import Testing

@Suite("Transfer encodings")
struct TransferEncodingTests {
    private func decoded(_ encoding: String, _ body: String) -> (String, [MailProblem]) {
        let parsed = MailParser.parse(
            mail("Subject: x\nContent-Type: text/plain\nContent-Transfer-Encoding: \(encoding)\n\n\(body)"))
        return (String(decoding: parsed.root.bytes, as: UTF8.self), parsed.problems)
    }

    @Test(
        "base64 is decoded whatever stands in it",
        arguments: [
            ("SGVsbG8sIHdvcmxk", "Hello, world", true), ("SGVs\nbG8s\n IHdv\ncmxk\n", "Hello, world", true),
            ("SGVsbG8=", "Hello", true), ("SGVsbG8", "Hello", false), ("SGVs*bG8-h!\nIQ==", "Hello!!", false),
            ("SGVsbG8=\nLCB3b3JsZA==", "Hello, world", false),
            ("SGVsbG8=\n-- \nThis list is run by volunteers", "Hello", false),
            ("SGVsbG8=\nThis list is run by volunteers", "Hello", false), ("A", "", false), ("====", "", false),
            ("", "", true),
            ("SGk=\u{FEFF}", "Hi", false),
        ])
    func base64(_ body: String, _ expected: String, _ isClean: Bool) {
        let (text, problems) = decoded("BASE64", body)
        #expect(text == expected)
        #expect(problems.contains(.malformedBase64) != isClean)
    }

    @Test("a calendar that is only labelled base64 is taken as it stands")
    func mislabelled() {
        let (text, problems) = decoded("base64", "BEGIN:VCALENDAR\nEND:VCALENDAR")
        #expect(text == "BEGIN:VCALENDAR\r\nEND:VCALENDAR")
        #expect(problems == [.malformedBase64])
    }

    @Test(
        "quoted-printable is decoded with soft breaks of every kind",
        arguments: [
            ("a=3Db=\nc", "a=bc", true), ("a=  \nb", "ab", true), ("a   \nb", "a\r\nb", true),
            ("a=20\nb", "a \r\nb", true),
            ("=c3=a4", "ä", true), ("100% = all=", "100% = all", false), ("a=ZZ", "a=ZZ", false), ("a=4", "a=4", false),
            ("=", "", true), ("a=\n=\nb", "ab", true), ("trailing  ", "trailing", true),
        ])
    func quotedPrintable(_ body: String, _ expected: String, _ isClean: Bool) {
        let (text, problems) = decoded("Quoted-Printable", body)
        #expect(text == expected)
        #expect(problems.contains(.malformedQuotedPrintable) != isClean)
    }

    @Test("uuencoded parts are decoded, unknown encodings left and reported")
    func others() {
        #expect(decoded("x-uuencode", "begin 644 a.txt\n#0V%T\n`\nend\n").0 == "Cat")
        #expect(decoded("x-zip", "abc").0 == "abc")
        #expect(decoded("x-zip", "abc").1 == [.unknownTransferEncoding("x-zip")])
        #expect(decoded("8-bit", "abc").1.isEmpty)
        #expect(decoded("7bit; x", "abc").1.isEmpty)
    }
}
