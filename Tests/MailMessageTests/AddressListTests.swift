import MailMessage
import Testing

@Suite("Address lists")
struct AddressListTests {
    static let lists: [(String, [String])] = [
        ("ann@example.com", ["|ann@example.com"]),
        ("Ann Smith <ann@example.com>", ["Ann Smith|ann@example.com"]),
        (
            #""Smith, Ann" <ann@example.com>, Bob <bob@example.org>"#,
            ["Smith, Ann|ann@example.com", "Bob|bob@example.org"]
        ),
        ("Smith, Ann <ann@example.com>", ["Smith, Ann|ann@example.com"]),
        (#""Ann \"The Ace\" Smith" <ann@example.com>"#, [#"Ann "The Ace" Smith|ann@example.com"#]),
        ("ann@example.com (Ann (The) Smith)", ["Ann (The) Smith|ann@example.com"]),
        (
            "MAILER-DAEMON@relay.example.com (Mail Delivery System)",
            ["Mail Delivery System|MAILER-DAEMON@relay.example.com"]
        ),
        (
            "Team: ann@example.com, Bob <bob@example.org>;, Cid <cid@example.net>",
            ["|ann@example.com", "Bob|bob@example.org", "Cid|cid@example.net"]
        ),
        ("undisclosed-recipients:;", []),
        ("<@relay.example,@b.example:ann@example.com>", ["|ann@example.com"]),
        ("Ann <ann @ example . com>", ["Ann|ann@example.com"]),
        ("ann(comment)@(other)example.com", ["other|ann@example.com"]),
        ("ann@example.com; bob@example.org", ["|ann@example.com", "|bob@example.org"]),
        ("=?utf-8?Q?M=C3=BCller=2C_J=C3=B6rg?= <j@example.com>", ["Müller, Jörg|j@example.com"]),
        ("=?utf-8?Q?M=C3=BCller,_J=C3=B6rg?= <j@example.com>", ["Müller, Jörg|j@example.com"]),
        (#""=?iso-8859-1?B?TfxsbGVy?=" <j@example.com>"#, ["Müller|j@example.com"]),
        ("'Lilia Shirman' <lilia@example.com>", ["Lilia Shirman|lilia@example.com"]),
        ("Ann <<ann@example.com>>", ["Ann|ann@example.com"]),
        ("Ann <mailto:ann@example.com>", ["Ann|ann@example.com"]),
        ("mailto:ann@example.com", ["|ann@example.com"]),
        ("Ann <ann@example.com", ["Ann|ann@example.com"]),
        ("Ann \"the <ann@example.com>", ["Ann the|ann@example.com"]),
        ("Ann (unclosed <ann@example.com>", ["Ann (unclosed|ann@example.com"]),
        ("a..b@docomo.example.jp", [#"|"a..b"@docomo.example.jp"#]),
        (#""ann smith"@example.com"#, [#"|"ann smith"@example.com"#]),
        (#"ann."von x"@example.com"#, [#"|"ann.von x"@example.com"#]),
        (#""ceo@bank.example" <eve@evil.example>"#, ["ceo@bank.example|eve@evil.example"]),
        ("ceo@bank.example <eve@evil.example>", ["ceo@bank.example|eve@evil.example"]),
        ("Ann ann@example.com", ["|ann@example.com"]),
        ("ann@example.com bob@example.org", []),
        ("ann@one@two.example", []),
        ("Bridge Test <[user:user]@[domain]>", []),
        (",,;<>,ann@example.com,,", ["|ann@example.com"]),
        ("", []),
    ]

    @Test("names and addresses are found in every form mail programs write", arguments: lists)
    func parse(_ text: String, _ expected: [String]) {
        #expect(AddressList.parse(text).map { "\($0.name ?? "")|\($0.address)" } == expected)
    }

    @Test(
        "what is written for a header reads as the same mailbox",
        arguments: [
            "Ann", "Smith, Ann", #"a "b" \c"#, "Jörg Müller", "東京 会議室", "=?utf-8?Q?trick?=",
            "x\r\nBcc: eve@evil.example",
            "Ann (Acme) <ann@other.example>", "a: b; c", String(repeating: "Ünïcödé ", count: 30),
        ])
    func roundTrip(_ name: String) throws {
        let mailbox = Mailbox(name: name, address: try EmailAddress(parsing: "\"a b\"@example.com"))
        let header = mailbox.header()
        #expect(header.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F })
        let read = try #require(AddressList.parse(header).first)
        #expect(AddressList.parse(header).count == 1)
        #expect(read.address == mailbox.address)
        let words = name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(read.name == words)
    }
}
