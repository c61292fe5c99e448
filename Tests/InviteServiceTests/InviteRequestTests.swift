import Audience
import InviteService
import MailMessage
import Testing

@Suite("A request for an invitation")
struct InviteRequestTests {
    private let rules = InviteRules(
        landingHosts: LandingHosts("www.acme.example, *.pages.example"), moreOrigins: "billboard,Bad One!,shared",
        limits: RateLimits(perAddress: 2, perEvent: 3, perSource: 4), invitesPerEvent: 9)

    private func request(_ fields: [String: String]) throws -> InviteRequest {
        try InviteRequest(fields, rules: rules, defaultOrigin: .webForm)
    }

    @Test("takes the incumbent's fields and origins, and those the deployment adds")
    func fields() throws {
        let full = try request([
            "email": " Bob@Example.com ", "name": "Bob", "origin": "emailcta", "landing": "https://www.acme.example/ok",
        ])
        #expect(full.recipient.address.normalized == "bob@example.com")
        #expect(full.recipient.name == "Bob")
        #expect(full.origin.rawValue == "emailcta")
        #expect(full.landing?.description == "https://www.acme.example/ok")
        let bare = try request(["email": "bob@example.com", "name": "", "origin": "", "landing": ""])
        #expect(bare.recipient.name == nil && bare.origin == .webForm && bare.landing == nil)
        for origin in Origin.known {
            #expect(try request(["email": "b@x.example", "origin": origin.rawValue]).origin == origin)
        }
        #expect(try request(["email": "b@x.example", "origin": "billboard"]).origin.rawValue == "billboard")
        #expect(Origin.known.count == 19)
    }

    @Test("is refused for what is wrong with it")
    func refused() throws {
        func error(_ fields: [String: String]) -> InviteRequest.Failure? {
            do { _ = try request(fields) } catch { return error as? InviteRequest.Failure }
            return nil
        }
        for email in [nil, "", "bob", "a@b@c.example", "bücher@example.com"] {
            var fields = ["name": "x"]
            fields["email"] = email
            guard case .unusableAddress(let reason)? = error(fields) else {
                Issue.record("\(email ?? "no address") is taken")
                continue
            }
            #expect(!reason.isEmpty)
        }
        #expect(
            error(["email": "b@x.example", "name": String(repeating: "é", count: 101)]) == .nameTooLong(limit: 200))
        for origin in ["shared", "Bad One!", "unheard", "API", "bad", "one!"] {
            #expect(error(["email": "b@x.example", "origin": origin]) == .unknownOrigin, "\(origin)")
        }
        #expect(error(["email": "b@x.example", "landing": "https://evil.example/"]) == .landingNotAllowed)
    }

    @Test(
        "lands at an allowed host",
        arguments: [
            "https://www.acme.example", "https://WWW.ACME.EXAMPLE/x?y=z#f", "HTTPS://www.acme.example:8443/",
            "https://a.pages.example/", "https://a.b.pages.example?x",
        ])
    func landing(text: String) throws {
        #expect(try InviteRequest.landing(text, rules: rules)?.description == text)
    }

    @Test(
        "incumbent 40: lands nowhere else",
        arguments: [
            "http://www.acme.example/", "//www.acme.example/", "/path", "javascript:alert(1)", "https://",
            "https://acme.example/", "https://evil.example/", "https://www.acme.example.evil.example/",
            "https://evil.example/www.acme.example", "https://www.acme.example@evil.example/",
            "https://evil.example\\@www.acme.example/", "https://www.acme.example\\.evil.example/",
            "https://evil.example#@www.acme.example/", "https://evil.example?www.acme.example",
            "https://pages.example/", "https://xpages.example/", "https://www.acme.example:80:81/",
            "https://www.acme.example:x/", "https://www.acme.example:/", "https://www.acme.example/\r\nSet-Cookie: a=b",
            "https://www.acme.example/ x", "https://www.acme.example/é", "https:/www.acme.example/",
            "https:www.acme.example", " https://www.acme.example/", "https://.pages.example/\u{0}",
            "https://www.acme.example/" + String(repeating: "x", count: 2000),
        ])
    func noLanding(text: String) {
        #expect(throws: InviteRequest.Failure.landingNotAllowed) {
            try InviteRequest.landing(text, rules: rules)
        }
    }

    @Test("without a list of hosts lands nowhere")
    func noHosts() {
        for list in ["", " , ", "*."] {
            #expect(LandingURL("https://www.acme.example/", allowed: LandingHosts(list)) == nil, "\(list)")
        }
    }

    @Test("comes from an IPv4 address or an IPv6 network")
    func networks() {
        for (ip, network) in [
            ("192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("2001:DB8:1:2::9", "2001:db8:1:2::/64"), ("2001:db8::1", "2001:db8:0:0::/64"), ("::1", "0:0:0:0::/64"),
            ("2001:db8:1:2:3:4:5::", "2001:db8:1:2::/64"), ("", ""),
        ] { #expect(RateScope.network(of: ip) == .source(network), "\(ip)") }
    }
}
