import MailMessage
import Testing

@Suite("Encoded words and parameters")
struct EncodedWordTests {
    @Test(
        "encoded words become text",
        arguments: [
            ("=?iso-8859-1?q?this=20is=20some=20text?=", "this is some text"),
            ("=?UTF-8?B?44GT44KT44Gr44Gh44Gv?=", "こんにちは"),
            ("(=?ISO-8859-1?Q?a?= b)", "(a b)"), ("=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=", "ab"),
            ("=?ISO-8859-1?Q?a_b?=", "a b"), ("=?ISO-8859-1?Q?a?=  \t =?ISO-8859-2?Q?_b?=", "a b"),
            // One character cut in two by the sender.
            ("=?utf-8?B?w?= =?utf-8?B?w6Q=?=", "ä"), ("=?utf-8?Q?=C3?= =?utf-8?Q?=A4?=", "ä"),
            ("=?utf-8*de?Q?Gr=C3=BC=C3=9Fe?=", "Grüße"), ("Re:=?utf-8?Q?_x?=y", "Re: xy"),
            ("=?koi8-r?B?8NLJ18XU?=", "Привет"), ("=?windows-1251?Q?=CF=F0=E8=E2=E5=F2?=", "Привет"),
            ("=?unknown-x?Q?caf=E9?=", "café"), ("=?utf-8?Q?50% off?=", "50% off"),
            ("=?utf-8?X?abc?=", "=?utf-8?X?abc?="), ("=?utf-8?Q?open", "=?utf-8?Q?open"),
            ("a =? b ?= c", "a =? b ?= c"),
            ("=??=", "=??="), ("=?", "=?"), ("plain", "plain"), ("=?utf-8?Q??=", ""),
        ])
    func decode(_ text: String, _ expected: String) {
        #expect(EncodedWord.decode(text) == expected)
    }

    @Test("parameters survive missing semicolons, missing quotes, comments and continuation")
    func parameters() {
        let plain = ContentType(
            parsing: #"Text/Calendar; METHOD=REQUEST; Charset="UTF-8"; name="a \"b\".ics" (x; y=z)"#)
        #expect(plain.mediaType == "text/calendar")
        #expect(plain.parameters["method"] == "REQUEST")
        #expect(plain.charset == "UTF-8")
        #expect(plain.parameters["name"] == #"a "b".ics"#)

        let sloppy = ContentType(parsing: "text/calendar charset=utf-8 method=REPLY; name=my file.ics;; x")
        #expect(sloppy.mediaType == "text/calendar")
        #expect(sloppy.charset == "utf-8")
        #expect(sloppy.parameters["method"] == "REPLY")
        #expect(sloppy.parameters["name"] == "my file.ics")

        let unclosed = ContentType(parsing: #"text/calendar; charset="utf-8; method=CANCEL"#)
        #expect(unclosed.charset == "utf-8")
        #expect(unclosed.parameters["method"] == "CANCEL")

        let path = ContentType(parsing: #"text/plain; name="C:\temp\invite.ics""#)
        #expect(path.parameters["name"] == #"C:\temp\invite.ics"#)
        #expect(ContentType(parsing: "nonsense; charset=x").mediaType == "text/plain")
        #expect(ContentType(parsing: "").mediaType == "text/plain")
    }

    @Test("parameters cut up and encoded after RFC 2231 are joined")
    func continuation() {
        let type = ContentType(
            parsing: """
                application/x; title*1*=%2A%2A%2Afun%2A%2A%2A%20; title*0*=us-ascii'en'This%20is%20even%20more%20; \
                title*2="isn't it!"; name*=iso-8859-1''caf%E9.ics; plain*0="a"; plain*1="b"
                """)
        #expect(type.parameters["title"] == "This is even more ***fun*** isn't it!")
        #expect(type.parameters["name"] == "café.ics")
        #expect(type.parameters["plain"] == "ab")
        let both = HeaderParameters(parsing: "attachment; filename=\"x.txt\"; filename*=UTF-8''%E2%82%AC.txt")
        #expect(both["filename"] == "€.txt")
        let word = HeaderParameters(parsing: "attachment; filename=\"=?utf-8?B?4oKsLnR4dA==?=\"")
        #expect(word["filename"] == "€.txt")
    }

    @Test(
        "text is decoded by its charset, and somehow when that is wrong",
        arguments: [
            ([0x63, 0xE9], "iso-8859-1", "cé"), ([0x80, 0xA4], "iso-8859-15", "\u{80}€"), ([0x80], "windows-1252", "€"),
            ([0xA4], "ISO_8859-15", "€"), ([0xF0, 0xF2], "iso-8859-5", "№ђ"),
            ([0xE1], "iso-8859-7", "α"), ([0xB9], "iso-8859-2", "š"), ([0xFD], "iso-8859-9", "ı"),
            ([0xCF], "cp1251", "П"),
            ([0xE0], "windows-1255", "א"), ([0xC7], "windows-1256", "ا"), ([0xC3, 0xA4], "utf-8", "ä"),
            ([0xEF, 0xBB, 0xBF, 0x41], "utf-8", "A"), ([0xFF, 0xFE, 0x41, 0x00], "utf-16", "A"),
            ([0x00, 0x41], "utf-16be", "A"),
            ([0xC3, 0xA4], "us-ascii", "ä"), ([0xE4], "us-ascii", "ä"), ([0xC3, 0x28], "utf-8", "\u{FFFD}("),
            ([0xE4], nil, "ä"), ([0xA1], "tis-620", "ก"), ([0xC7], "iso-8859-6", "ا"), ([0xE0], "ISO-8859-8-I", "א"),
            ([0x8A], "macintosh", "ä"), ([0x84], "cp850", "ä"), ([0x80], "ibm866", "А"), ([0xBA], "iso-8859-16", "ș"),
            ([0xE0], "iso-8859-13", "ą"), ([0x41, 0x00], "utf-16", "A"),
            ([0xC3, 0xA4], "x-made-up", "ä"),
        ] as [([UInt8], String?, String)])
    func charset(_ bytes: [UInt8], _ name: String?, _ expected: String) {
        #expect(Charset.decode(bytes, name: name) == expected)
    }
}
