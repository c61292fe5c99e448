import MailMessage
import Testing

/// Inputs that make careless parsers take quadratic or cubic time. At these sizes such a parser takes minutes to days;
/// the bound is a hundred times what is needed.
@Suite("Time stays in proportion to size")
struct LinearTimeTests {
    static let size = 400_000

    private func expectQuick(_ text: String, _ comment: String) {
        let clock = ContinuousClock()
        let elapsed = clock.measure {
            let parsed = MailParser.parse(Array(text.utf8))
            _ = (
                parsed.from, parsed.replyTo, parsed.to, parsed.subject, parsed.date, parsed.messageID, parsed.references
            )
            _ = (parsed.calendarParts(), parsed.textBody, parsed.authenticationResults, parsed.deliveryReport)
        }
        #expect(elapsed < .seconds(20), "\(comment)")
    }

    @Test("Reply-To followed by spaces, from the header and from the body")
    func spaces() {
        let spaces = String(repeating: " ", count: Self.size)
        expectQuick("From: a@example.com\r\nReply-To:" + spaces + "\r\n\r\nbody", "one line")
        expectQuick("From: a@example.com\r\nReply-To:" + spaces + "x@y.z" + spaces + "\r\n\r\nbody", "around")
        let folded = String(repeating: String(repeating: " ", count: 75) + "\r\n", count: Self.size / 77)
        expectQuick("Reply-To:\r\n" + folded + "\r\nbody", "folded")
        expectQuick("Subject: x\r\n\r\nReply-To:\r\n" + folded, "in the body")
    }

    @Test("repeated fields of one name")
    func repeatedFields() {
        expectQuick(
            String(repeating: "Content-Type: text/calendar\r\n", count: Self.size / 29) + "\r\n", "content types")
        expectQuick(String(repeating: "Authentication-Results: a; b=c\r\n", count: Self.size / 32) + "\r\n", "results")
        expectQuick("Subject: x\r\n" + String(repeating: " y\r\n", count: Self.size / 4) + "\r\n", "folds")
    }

    @Test(
        "one octet or short sequence over and over in every structured field",
        arguments: [
            "(", "\"", "<", ",", ":", ";", "=", "\\", "@", "a@", "=?", "=?a?Q?", "=?a?x? ", "=?a?B?w?= ", "<a@b.cd",
            "(a", "\"a", " a=",
            ";a=\"", "a*0=", ";a*1=b", "a(", "< <", "=\"\\", "a,", "x@y:", "\t",
        ])
    func fields(_ unit: String) {
        let run = String(repeating: unit, count: Self.size / unit.utf8.count / 4)
        for suffix in ["", "?=", "\"", ")", ">"] {
            let text = ["From", "Subject", "Date", "Message-ID", "Content-Disposition", "Authentication-Results"]
                .map { "\($0): \(run)\(suffix)\r\n" }.joined()
            expectQuick(text + "Content-Type: text/plain; \(run)\(suffix)\r\n\r\n", unit)
        }
    }

    @Test("bodies made of boundaries, half boundaries and nested multiparts")
    func boundaries() {
        let start = "From: a@example.com\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        expectQuick(start + String(repeating: "--b\r\n", count: Self.size / 5), "empty parts")
        expectQuick(start + String(repeating: "--\r\n", count: Self.size / 4), "dashes")
        expectQuick(start + String(repeating: "--x\r\n\r\n", count: Self.size / 7), "others")
        let nested = "--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        expectQuick(start + String(repeating: nested, count: Self.size / nested.utf8.count), "nested")
        let lost = "--b\r\nContent-Type: multipart/mixed; boundary=lost\r\n\r\n"
        expectQuick(start + String(repeating: lost, count: Self.size / lost.utf8.count), "nested and lost")
        let enclosed = "Content-Type: message/rfc822\r\n\r\n"
        expectQuick(String(repeating: enclosed, count: Self.size / enclosed.utf8.count), "enclosed")
    }

    @Test(
        "encoded bodies made of half sequences",
        arguments: [
            ("base64", "="), ("base64", "A="), ("base64", "A=\r\n"), ("quoted-printable", "="),
            ("quoted-printable", "= "),
            ("quoted-printable", " "), ("x-uuencode", "begin \r\n"),
        ])
    func encodings(_ encoding: String, _ unit: String) {
        let run = String(repeating: unit, count: Self.size / unit.utf8.count)
        expectQuick("Subject: x\r\nContent-Transfer-Encoding: \(encoding)\r\n\r\n\(run)", unit)
    }

    @Test(
        "pages made of half tags",
        arguments: [
            "<", "<a", "<a href=", "<!--", "<script>", "&", "&#", "<a href='", "</", "<p>", "<a href=http://x>",
        ])
    func pages(_ unit: String) {
        let run = String(repeating: unit, count: Self.size / unit.utf8.count)
        expectQuick("Subject: x\r\nContent-Type: text/html\r\n\r\n\(run)", unit)
    }
}
