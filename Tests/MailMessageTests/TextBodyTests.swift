import MailMessage
import Testing

@Suite("Text of a message")
struct TextBodyTests {
    private func body(_ type: String, _ text: String) -> String? {
        MailParser.parse(mail("From: a@example.com\nContent-Type: \(type)\n\n\(text)")).textBody
    }

    @Test("flowed lines are joined, quotes and signatures kept apart")
    func flowed() {
        let text = "One long \nparagraph.\n> quoted \n> too\n>> deeper\n Fromage\n-- \nAnn"
        #expect(
            body("text/plain; format=flowed", text) == "One long paragraph.\n> quoted too\n>> deeper\nFromage\n-- \nAnn"
        )
        #expect(body("text/plain; format=Flowed; delsp=yes", "uncopy \nrightable") == "uncopyrightable")
        #expect(body("text/plain", "One \ntwo") == "One \ntwo")
    }

    @Test("HTML becomes lines of text with its links")
    func html() {
        let page = """
            <!DOCTYPE html><html><head><title>T</title><style>p{color:red}</style>
            <script>if (a<b) alert("</p>")</script></head>
            <body><!-- hidden > --><p>Gr&uuml;&szlig;e &amp; more&nbsp;&#8364;&#x1F600;&#150;</p>
            <div>one<br>two<br/>three</div><ul><li>first</li><li>second</ul>
            <a href='https://example.com/?a=1&amp;b=2'>link</a> <a href="https://example.com">https://example.com</a>
            <a href="javascript:x">no</a> 3 < 4 &bogus; AT&T</body></html>
            """
        #expect(
            body("text/html; charset=utf-8", page) == """
                Grüße & more €😀–

                one
                two
                three

                - first
                - second

                link <https://example.com/?a=1&b=2> https://example.com no 3 < 4 &bogus; AT&T
                """)
    }

    @Test(
        "HTML cut off anywhere still ends",
        arguments: ["<p", "<!--", "<script>x", "a<", "<a href=\"", "&#", "<style", "<a href='x'"])
    func brokenHTML(_ page: String) {
        #expect(HTMLText.plain("text " + page).hasPrefix("text"))
    }

    @Test("plain text comes before HTML unless it is empty, files are not text")
    func choice() {
        func parts(_ parts: [(String, String)]) -> String? {
            body(
                "multipart/mixed; boundary=b", parts.map { "--b\nContent-Type: \($0)\n\n\($1)\n" }.joined() + "--b--\n")
        }
        #expect(parts([("text/html", "<b>h</b>"), ("text/plain", "p")]) == "p")
        #expect(parts([("text/plain", " "), ("text/html", "<b>h</b>")]) == "h")
        #expect(parts([("text/plain\nContent-Disposition: attachment", "file"), ("text/html", "h")]) == "h")
        #expect(parts([("text/calendar", "c")]) == nil)
    }
}
