import InviteService
import MailMessage
import Testing

@Suite("Who a mail is from")
struct SenderAuthenticationTests {
    private func result(
        dmarc: String, spam: String = "PASS", virus: String = "PASS", from: [String] = ["From: Ann <Ann@Acme.example>"],
        _ headers: [String] = []
    ) -> SenderAuthentication {
        let mail = MailParser.parse(Array((headers + from + ["", ""]).joined(separator: "\r\n").utf8))
        return SenderAuthentication.of(mail, verdicts: .init(spam: spam, virus: virus, dmarc: dmarc))
    }

    private var ann: SenderAuthentication {
        get throws { .authenticated(try Samples.address("ann@acme.example")) }
    }

    @Test("is proven by DMARC")
    func dmarc() throws {
        #expect(result(dmarc: "PASS") == (try ann))
        for verdict in ["FAIL", "GRAY", "PROCESSING_FAILED", ""] { #expect(result(dmarc: verdict) == .unproven) }
    }

    @Test(
        "is proven by an aligned DKIM signature where DMARC says nothing",
        arguments: [
            ("dkim=pass header.i=@acme.example", true), ("dkim=pass header.d=acme.example", true),
            ("dkim=pass header.d=ACME.EXAMPLE", true), ("spf=pass; dkim=pass header.i=ann@acme.example", true),
            ("dkim=pass header.i=@mailer.example; dkim=pass header.i=@acme.example", true),
            ("dkim=fail header.i=@acme.example", false), ("dkim=pass header.i=@mailer.example", false),
            ("dkim=pass header.i=@notacme.example", false), ("dkim=pass header.i=@example", false),
            ("dkim=pass", false), ("spf=pass smtp.mailfrom=acme.example", false),
            ("dkim=pass header.i=@acme.example.evil.example", false),
        ])
    func dkim(methods: String, isProven: Bool) throws {
        let outcome = result(dmarc: "GRAY", ["Authentication-Results: amazonses.com; \(methods)"])
        #expect(outcome == (isProven ? try ann : .unproven))
        #expect(result(dmarc: "FAIL", ["Authentication-Results: amazonses.com; \(methods)"]) == .unproven)
    }

    @Test(
        "is proven by SPF of the same domain where the policy is relaxed and DMARC says nothing",
        arguments: [
            ("ann@acme.example", true), ("bounce@mail.acme.example", true), ("ann@ACME.example", true),
            ("ann@evil.example", false), ("ann@notacme.example", false), ("ann@example", false), ("", false),
        ])
    func spf(source: String, isProven: Bool) throws {
        let mail = MailParser.parse(Array("From: Ann <ann@acme.example>\r\n\r\n".utf8))
        func result(_ dmarc: String, _ spf: String, _ policy: SenderPolicy) -> SenderAuthentication {
            SenderAuthentication.of(
                mail, verdicts: .init(spam: "PASS", virus: "PASS", dmarc: dmarc, spf: spf, source: source),
                policy: policy)
        }
        #expect(result("GRAY", "PASS", .relaxed) == (isProven ? try ann : .unproven))
        #expect(result("GRAY", "PASS", .strict) == .unproven)
        #expect(result("FAIL", "PASS", .relaxed) == .unproven)
        #expect(result("GRAY", "FAIL", .relaxed) == .unproven)
    }

    @Test("is not proven by a result that the sender wrote")
    func forged() {
        let own = "Authentication-Results: amazonses.com; spf=fail; dkim=none"
        let forged = "Authentication-Results: amazonses.com; dkim=pass header.i=@acme.example"
        #expect(result(dmarc: "GRAY", [own, forged]) == .unproven)
        #expect(
            result(dmarc: "GRAY", ["Authentication-Results: mx.acme.example; dkim=pass header.i=@acme.example"])
                == .unproven)
    }

    @Test("is nobody when From is missing, no address, or more than one")
    func from() {
        #expect(result(dmarc: "PASS", from: []) == .unproven)
        #expect(result(dmarc: "PASS", from: ["From: Ann"]) == .unproven)
        #expect(result(dmarc: "PASS", from: ["From: ann@acme.example, bob@acme.example"]) == .unproven)
        #expect(
            result(dmarc: "PASS", from: ["From: ann@acme.example", "From: eve@evil.example"]) == .unproven)
    }

    @Test("does not matter for spam and viruses")
    func harmful() {
        #expect(result(dmarc: "PASS", spam: "FAIL") == .harmful)
        #expect(result(dmarc: "PASS", virus: "FAIL") == .harmful)
        #expect(result(dmarc: "FAIL", virus: "FAIL") == .harmful)
    }
}
