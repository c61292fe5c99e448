import MailMessage
import Testing

/// What Python's codecs say of the same octets.
@Suite("Chinese, Japanese and Korean text")
struct DoubleOctetCharsetTests {
    private func octets(_ hexadecimal: String) -> [UInt8] {
        hexadecimal.split(separator: " ").map { UInt8($0, radix: 16) ?? 0 }
    }

    @Test(
        "is read by its charset",
        arguments: [
            ("BB E1 D2 E9 D1 FB C7 EB A3 BA CF EE C4 BF", "GB2312", "会议邀请：项目"), ("BB E1 80", "gbk", "会€"),
            ("BB E1 94 39 FC 36 A8 A6 83 36 84 33", "gb18030", "会😀é한"),
            ("B7 7C C4 B3 C1 DC BD D0 A1 75 B1 4D AE D7 A1 76", "Big5", "會議邀請「專案」"),
            ("C8 B8 C0 C7 20 C3 CA B4 EB 20 94 EE", "ks_c_5601-1987", "회의 초대 뷁"), ("C8 B8 C0 C7", "euc-kr", "회의"),
            ("89 EF 8B 63 82 CC 82 B2 88 C4 93 E0 20 B1 B2 5C", "Shift_JIS", "会議のご案内 ｱｲ\\"),
            ("B2 F1 B5 C4 A4 CE A4 B4 B0 C6 C6 E2 8E B1", "EUC-JP", "会議のご案内ｱ"),
            (
                "1B 24 42 32 71 35 44 1B 28 42 20 61 20 1B 24 42 24 4E 30 46 46 62 1B 28 4A 2E 1B 28 49 31 32 1B 28 42",
                "ISO-2022-JP", "会議 a の案内.ｱｲ"
            ),
        ])
    func reads(_ hexadecimal: String, _ name: String, _ expected: String) {
        #expect(Charset.decode(octets(hexadecimal), name: name) == expected)
    }

    @Test(
        "has its first and its last character where they belong",
        arguments: [
            ("81 40 FE 9F FE 40", "gbk", "丂䶮\u{FA0C}"), ("A1 40 CE 60 F9 FE", "big5", "\u{3000}复▓"),
            ("81 41 B3 75 FD FE", "cp949", "갂퀅\u{8A70}"), ("81 40 9A 48 FC 4B", "sjis", "\u{3000}唏黑"),
            (
                "81 30 81 30 83 36 C7 38 83 36 D0 30 84 31 A4 39 90 30 81 30 E3 32 9A 35", "gb18030",
                "\u{80}\u{D7FF}\u{E865}\u{FFFF}\u{10000}\u{10FFFF}"
            ),
        ])
    func ends(_ hexadecimal: String, _ name: String, _ expected: String) {
        #expect(Charset.decode(octets(hexadecimal), name: name).unicodeScalars.elementsEqual(expected.unicodeScalars))
    }

    @Test(
        "keeps what is around broken octets",
        arguments: [
            ("BB 20 BB E1", "gbk", "\u{FFFD} 会"), ("BB E1 BB", "gbk", "会\u{FFFD}"), ("FF 41", "gbk", "\u{FFFD}A"),
            ("83 36 D0 2F", "gb18030", "\u{FFFD}6\u{FFFD}/"), ("F9 FF 41", "big5", "\u{FFFD}A"),
            ("FE FE 41", "euc-kr", "\u{FFFD}\u{FFFD}A"), ("85 40 41", "sjis", "\u{FFFD}@A"),
            ("B2 41 8F B0 A1 42 8E", "euc-jp", "\u{FFFD}A\u{FFFD}B\u{FFFD}"),
            ("1B 24 42 32 71 35 0D 0A 41 1B 1B 28", "iso-2022-jp", "会\u{FFFD}\r\nA("), ("", "iso-2022-jp", ""),
        ])
    func broken(_ hexadecimal: String, _ name: String, _ expected: String) {
        #expect(Charset.decode(octets(hexadecimal), name: name) == expected)
    }

    @Test("is read in subjects whose words cut a character in two, and in calendars")
    func mail() throws {
        let mail = """
            Subject: =?gb2312?B?u+HS?= =?gb2312?B?6Q==?= =?iso-2022-jp?B?GyRCMnE1RBsoQg==?=
            Content-Type: text/calendar; charset=gb2312; method=REQUEST
            Content-Transfer-Encoding: base64

            U1VNTUFSWTq74dLp

            """
        let parsed = MailParser.parse(Array(mail.utf8))
        #expect(parsed.problems.isEmpty)
        #expect(parsed.headers.first("Subject").map(EncodedWord.decode) == "会议会議")
        #expect(parsed.calendarParts().first?.utf8 == Array("SUMMARY:会议".utf8))
    }
}
