import Audience
import MailMessage
import Testing

@Suite("Disposable domains")
struct DisposableDomainsTests {
    @Test("hold for what lies below them, and for nothing that only ends alike")
    func matching() throws {
        let list =
            "# as of today\r\nMailinator.example\n\n  @trash.example  # with a comment\nmüll.example\nnot a domain\n"
        let domains = DisposableDomains(Array(list.utf8))
        for (address, expected) in [
            ("a@mailinator.example", true), ("a@eu.mailinator.example", true), ("a@MAILINATOR.example", true),
            ("a@notmailinator.example", false), ("a@trash.example", true), ("a@xn--mll-hoa.example", true),
            ("a@müll.example", true), ("a@example", false), ("a@mailinator.example.org", false),
        ] {
            guard let parsed = EmailAddress(address) else { continue }
            #expect(domains.contain(parsed) == expected, "\(address)")
        }
        #expect(DisposableDomains(Array("# nothing\n".utf8)).isEmpty)
    }
}
