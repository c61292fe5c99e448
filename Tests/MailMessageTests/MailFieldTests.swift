import MailMessage
import Testing

@Suite("Fields of a message")
struct MailFieldTests {
    @Test(
        "dates are read in every form in use",
        arguments: [
            ("Tue, 12 Aug 2008 12:19:40 -0700 (PDT)", 1_218_568_780), ("12 Aug 2008 19:19:40 GMT", 1_218_568_780),
            ("Tue, 12 Aug 08 12:19:40 PDT", 1_218_568_780), ("Tue, 12 Aug 2008 19:19:40", 1_218_568_780),
            ("Tue Aug 12 19:19:40 2008", 1_218_568_780), ("12-Aug-2008 19:19:40 +0000", 1_218_568_780),
            ("Thu, 1 Jan 1970 00:00 +0000", 0), ("Wed, 31 Dec 1969 23:59:59 UT", -1),
            ("Mon, 29 Feb 2016 00:00:00 +0545", 1_456_683_300),
            ("1 January 99 00:00:00 Z", 915_148_800), ("30 Feb 2008 00:00:00 +0000", nil),
            ("1 Jan 2008 25:00:00 +0000", nil),
            ("tomorrow", nil), ("", nil), ("Jan", nil), ("1 Jan", nil), ("99999999999999999999 Jan 2008 1:1:1", nil),
            ("((((", nil),
        ] as [(String, Int?)])
    func date(_ text: String, _ expected: Int?) {
        #expect(MailDate.parse(text) == expected)
    }

    @Test(
        "dates are written in UTC and read back",
        arguments: [
            (0, "Thu, 01 Jan 1970 00:00:00 +0000"), (-1, "Wed, 31 Dec 1969 23:59:59 +0000"),
            (1_709_164_800, "Thu, 29 Feb 2024 00:00:00 +0000"), (4_102_444_799, "Thu, 31 Dec 2099 23:59:59 +0000"),
            (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 +0000"),
        ])
    func written(_ seconds: Int, _ text: String) {
        #expect(MailDate.format(seconds) == text)
        #expect(MailDate.parse(text) == seconds)
    }

    @Test("a time no date can hold becomes the nearest that can")
    func extremes() {
        #expect(MailDate.format(.max) == "Fri, 31 Dec 9999 23:59:59 +0000")
        #expect(MailDate.format(.min).hasSuffix("0000 00:00:00 +0000"))
    }

    @Test("identifiers, subject and the marks of automatic mail are found")
    func accessors() {
        let parsed = MailParser.parse(
            mail(
                """
                Message-id: junk <a@b.example> (x)
                In-Reply-To: <c@d.example>
                References: <e@f.example>
                 <g@h. example>
                Subject: =?utf-8?B?w4Q=?=
                Auto-Submitted: Auto-Generated (by x); type=y
                Reply-To: r@example.com
                Sender: s@example.com
                To: t@example.com, u@example.com
                Date: Thu, 1 Jan 1970 00:00:01 +0000

                """))
        #expect(parsed.messageID == "<a@b.example>")
        #expect(parsed.inReplyTo == ["<c@d.example>"])
        #expect(parsed.references == ["<e@f.example>", "<g@h.example>"])
        #expect(parsed.subject == "Ä")
        #expect(parsed.autoSubmitted == "auto-generated")
        #expect(parsed.isAutomatic)
        #expect(parsed.replyTo.count == 1 && parsed.to.count == 2 && parsed.sender != nil)
        #expect(parsed.date == 1)
        #expect(!MailParser.parse(mail("Auto-Submitted: no\n\n")).isAutomatic)
        #expect(MailParser.parse(mail("Return-Path: < >\n\n")).isAutomatic)
        #expect(MailParser.parse(mail("Precedence: Bulk\n\n")).isAutomatic)
    }

    @Test("the results of Amazon SES are read, comments and quotations aside")
    func authenticationResults() throws {
        let parsed = MailParser.parse(
            mail(
                """
                Authentication-Results: amazonses.com;
                 spf=pass (spfCheck: domain of _spf.google.com designates 209.85.128.1 as permitted
                 sender) client-ip=209.85.128.1; envelope-from=ann@example.com; helo=mail.example.com;
                 dkim=pass header.i=@example.com;
                 dkim=fail reason="bad; dkim=pass" header.d=other.example;
                 dmarc=pass header.from=example.com;
                Authentication-Results: evil.example; dmarc=pass header.from=bank.example

                """))
        let results = parsed.authenticationResults
        #expect(results.map(\.authority) == ["amazonses.com", "evil.example"])
        let methods = try #require(results.first).methods
        #expect(
            methods.map { "\($0.name)=\($0.result)" } == [
                "spf=pass", "envelope-from=ann@example.com", "helo=mail.example.com", "dkim=pass", "dkim=fail",
                "dmarc=pass",
            ])
        #expect(methods[3].property("header.i") == "@example.com")
        #expect(methods[4].property("header.d") == "other.example")
        #expect(methods[4].property("reason") == "bad; dkim=pass")
        #expect(methods[5].property("header.from") == "example.com")
    }

    @Test(
        "forms of Authentication-Results",
        arguments: [
            ("example.com 1; none", "example.com", []),
            ("EXAMPLE.com; DKIM/1 = Pass header . x=y", "example.com", ["dkim=pass"]),
            ("example.com (a (b) c); spf=pass (unclosed; dkim=pass", "example.com", ["spf=pass"]),
            ("example.com", "example.com", []), ("\"example.com\"; spf=none", "example.com", ["spf=none"]),
            ("example.com; spf=\"unclosed; dkim=pass", "example.com", ["spf=unclosed", "dkim=pass"]),
        ] as [(String, String, [String])])
    func authenticationForms(_ text: String, _ authority: String, _ methods: [String]) throws {
        let results = try #require(AuthenticationResults(parsing: text))
        #expect(results.authority == authority)
        #expect(results.methods.map { "\($0.name)=\($0.result)" } == methods)
    }

    @Test("no server, no results", arguments: ["", ";", "spf=pass", "; spf=pass", "(x)"])
    func noAuthority(_ text: String) {
        #expect(AuthenticationResults(parsing: text) == nil)
    }

    @Test("a delivery report says for whom and why, and returns the original")
    func deliveryReport() throws {
        let parsed = MailParser.parse(
            mail(
                """
                From: MAILER-DAEMON@relay.example.com
                Content-Type: multipart/report; report-type=delivery-status; boundary=b

                --b

                Sorry.
                --b
                Content-Type: message/delivery-status

                Reporting-MTA: dns; relay.example.com

                Final-Recipient: rfc822; nobody@example.com
                Action: Failed
                Status: 5.1.1 (bad mailbox)
                Diagnostic-Code: smtp; 550 5.1.1
                 unknown

                Original-Recipient: rfc822;late@example.com
                Action: delayed
                Status: 4.0.0
                --b
                Content-Type: text/rfc822-headers

                Message-ID: <original@example.com>
                --b--
                """))
        let report = try #require(parsed.deliveryReport)
        #expect(
            report.recipients == [
                .init(
                    address: "nobody@example.com", action: "failed", status: "5.1.1", diagnostic: "550 5.1.1 unknown"),
                .init(address: "late@example.com", action: "delayed", status: "4.0.0", diagnostic: nil),
            ])
        #expect(report.original?.messageID == "<original@example.com>")
        #expect(parsed.isAutomatic)
    }
}
