import MailMessage
import Testing

@Suite("Addresses")
struct EmailAddressTests {
    @Test(
        "ordinary and unusual addresses are taken as they stand",
        arguments: [
            "ann@example.com", "ann.smith+tag@mail.example.co.uk", "o'brien@example.com", "a@b.cd",
            "x_y-z@example.museum",
            "!#$%&'*+/=?^_`{|}~@example.com", "1234567890@example.com", "ann@xn--mller-kva.example", "root@localhost",
        ])
    func accepted(_ text: String) throws {
        let address = try EmailAddress(parsing: text)
        #expect(address.description == text)
        #expect(!address.needsSMTPUTF8)
    }

    @Test(
        "what is wrong with a refused address is said",
        arguments: [
            ("", .empty), ("  \u{FEFF} ", .empty), ("ann", .missingAtSign), ("ann@b@example.com", .severalAtSigns),
            ("@example.com", .emptyLocalPart), ("ann@", .emptyDomain), ("ann@intranet", .domainWithoutDot("intranet")),
            ("ann@[192.0.2.1]", .addressLiteral), ("ann@192.0.2.1", .addressLiteral),
            (".ann@example.com", .misplacedDot), ("ann.@example.com", .misplacedDot),
            ("a..n@example.com", .misplacedDot),
            ("ann smith@example.com", .invalidCharacter(" ")), ("ann,@example.com", .invalidCharacter(",")),
            ("an\u{0}n@example.com", .invalidCharacter("\u{0}")),
            ("ann@exam\u{0}ple.com", .invalidDomainLabel("exam\u{0}ple")),
            ("ann@exa mple.com", .invalidDomainLabel("exa mple")), ("ann@example..com", .invalidDomainLabel("")),
            ("ann@example.com.", .invalidDomainLabel("")), ("ann@-example.com", .invalidDomainLabel("-example")),
            ("ann@ex_ample.com", .invalidDomainLabel("ex_ample")), ("\"ann@example.com", .unclosedQuote),
            ("ann\u{200B}x@example.com", .invalidCharacter("\u{200B}")),
            ("ann@xn--\u{7F}.com", .invalidDomainLabel("xn--\u{7F}")),
            ("ann@xn--99999999999.com", .invalidDomainLabel("xn--99999999999")),
            (String(repeating: "a", count: 65) + "@example.com", .localPartTooLong(octets: 65)),
            (
                "ann@" + String(repeating: "a", count: 64) + ".com",
                .invalidDomainLabel(String(repeating: "a", count: 64))
            ),
            (
                "ann@" + Array(repeating: String(repeating: "a", count: 62), count: 4).joined(separator: "."),
                .addressTooLong(octets: 255)
            ),
        ] as [(String, EmailAddressError)])
    func refused(_ text: String, _ error: EmailAddressError) {
        #expect(throws: error) { try EmailAddress(parsing: text) }
        #expect(EmailAddress(text) == nil)
        #expect(!error.description.isEmpty)
    }

    @Test("white space, no-break spaces and byte order marks around an address are dropped")
    func trimmed() {
        #expect(EmailAddress(" \t\u{FEFF}ann@example.com\u{A0}\u{200E}\r\n")?.description == "ann@example.com")
    }

    @Test("case never makes two people of one, dots and tags always do")
    func identity() throws {
        let ann = try EmailAddress(parsing: "Ann.Smith+News@Example.COM")
        #expect(ann == EmailAddress("ann.smith+news@example.com"))
        #expect(ann.local == "Ann.Smith+News")
        #expect(ann.domain == "example.com")
        #expect(ann.normalized == "ann.smith+news@example.com")
        #expect(ann != EmailAddress("annsmith+news@example.com"))
        #expect(ann != EmailAddress("ann.smith@example.com"))
        #expect(Set([ann, try EmailAddress(parsing: "ANN.SMITH+NEWS@EXAMPLE.COM")]).count == 1)
        #expect(try EmailAddress(parsing: "a@b.cd") < EmailAddress(parsing: "B@b.cd"))
    }

    @Test("quoting that is not needed is taken off, and put back where it is")
    func quoting() throws {
        #expect(try EmailAddress(parsing: "\"ann\"@example.com") == EmailAddress(parsing: "ann@example.com"))
        let spaced = try EmailAddress(parsing: #""ann \"x\" smith"@example.com"#)
        #expect(spaced.local == #"ann "x" smith"#)
        #expect(spaced.description == #""ann \"x\" smith"@example.com"#)
        #expect(try EmailAddress(parsing: #""a@b"@example.com"#).domain == "example.com")
    }

    @Test(
        "a domain in any script becomes the same A-label however it was typed",
        arguments: [
            ("jörg@Müller.example", "xn--mller-kva.example"), ("a@mu\u{308}ller.example", "xn--mller-kva.example"),
            ("a@MÜLLER.example", "xn--mller-kva.example"), ("a@例え.テスト", "xn--r8jz45g.xn--zckzah"),
            ("a@例え。テスト", "xn--r8jz45g.xn--zckzah"), ("a@faß.example", "xn--fa-hia.example"),
            ("a@ｅｘａｍｐｌｅ.com", "example.com"), ("a@правда.рф", "xn--80aafi6cg.xn--p1ai"),
            ("a@παράδειγμα.δοκιμή", "xn--hxajbheg2az3al.xn--jxalpdlp"),
            ("a@XN--MLLER-KVA.example", "xn--mller-kva.example"),
        ])
    func internationalDomain(_ text: String, _ domain: String) throws {
        #expect(try EmailAddress(parsing: text).domain == domain)
    }

    @Test("symbols and invisible characters make no domain")
    func deceptiveDomain() {
        #expect(EmailAddress("a@ex\u{2024}ample.com") == nil)
        #expect(EmailAddress("a@goo\u{202E}gle.com") == nil)
        #expect(EmailAddress("a@♥.example") == nil)
        #expect(EmailAddress("a@exa\u{AD}mple.com")?.domain == "example.com")
    }

    @Test("a local part beyond ASCII needs SMTPUTF8 and is one however it is composed")
    func internationalLocalPart() throws {
        let address = try EmailAddress(parsing: "Jo\u{308}RG@example.com")
        #expect(address.needsSMTPUTF8)
        #expect(address == EmailAddress("jörg@example.com"))
        #expect(address.normalized == "jörg@example.com")
        #expect(Array(address.normalized.utf8).count == 17)
    }

    @Test("addresses of calendars are read from mailto URIs and without the scheme")
    func mailto() {
        #expect(EmailAddress(mailto: "MAILTO:Ann%2Btag@example.com?subject=x")?.description == "Ann+tag@example.com")
        #expect(EmailAddress(mailto: " ann@example.com")?.description == "ann@example.com")
        #expect(EmailAddress(mailto: "urn:uuid:1") == nil)
        #expect(EmailAddress(mailto: "mailto:ann%0Abcc@example.com") == nil)
        #expect(EmailAddress(mailto: "mailto:ann%40example.com")?.domain == "example.com")
    }
}

extension EmailAddressTests {
    @Test("an address read in one pass is the one the long way gives, and so is what is refused")
    func plainForm() {
        var generator = SeededGenerator(state: 3)
        let pieces = ["a", "B", "1", ".", "-", "@", "xn--", "com", "example", "+", "_", " ", "é", "\"", ".co", "@x.yz"]
        for _ in 0..<20_000 {
            let count = Int.random(in: 1...9, using: &generator)
            let text = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
            let direct = EmailAddress(text)
            // A blank in front takes the long way and means nothing.
            let long = EmailAddress(" " + text)
            #expect(direct?.description == long?.description && direct?.normalized == long?.normalized, "\(text)")
            #expect(direct?.local == long?.local && direct?.domain == long?.domain, "\(text)")
        }
    }
}
