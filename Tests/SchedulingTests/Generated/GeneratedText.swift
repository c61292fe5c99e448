/// Texts as people, programs and attackers write them.
enum GeneratedText {
    private static let words: [[String]] = [
        ["Planning", "Q3", "review", "with", "the", "team", "naïve", "O'Neil", "50%", "R&D", "<b>bold</b>"],
        ["Straße", "Größe", "über", "Müller", "Öl", "ẞ", "çàéîõ"],
        ["اجتماع", "الفريق", "يوم", "الثلاثاء", "\u{200F}نص"],
        ["פגישה", "צוות", "שבועית", "\u{202B}עברית\u{202C}"],
        ["बैठक", "टीम", "समीक्षा", "क्ष्म"],
        ["ประชุมทีมประจำสัปดาห์", "กรุงเทพมหานครอมรรัตนโกสินทร์"],
        ["会議室", "予定の確認をお願いします", "打ち合わせ", "カタカナ", "ｶﾀｶﾅ"],
        ["项目评审会议", "请准时参加", "𠜎𠜱𠝹"],
        ["회의", "일정", "검토합니다"],
        ["встреча", "команды", "ёлка"],
        ["συνάντηση", "ομάδας"],
        ["🎉", "👩‍👩‍👧‍👦", "🇩🇪", "👍🏽", "🧑‍💻", "❤️‍🔥"],
        ["e\u{301}\u{302}\u{303}\u{304}", "a\u{327}\u{30A}", "Z\u{351}\u{36B}\u{343}\u{36A}a\u{328}l\u{334}g\u{321}o"],
        ["𝔐𝔞𝔱𝔥", "𝟘𝟙𝟚", "\u{1F1E6}"],
    ]
    /// What breaks out of something somewhere.
    private static let hostile = [
        "\r\n", "\n", "\r", "\n\n", "\"", "\"\"", ";", ",", ":", "^", "^n", "^'", "^^", "\\", "\\n", "\\,", "\\\\",
        "\u{0}",
        "\u{7}", "\u{7F}", "\t", "\u{85}", "\u{2028}", "\u{FEFF}", "\u{FFFD}", "\r\nATTENDEE:mailto:victim@example.com",
        "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", "BEGIN:VALARM", "=?utf-8?q?a?=", "\r\n ", "\r\n\t", "%0D%0A", "${x}",
        "'--",
    ]

    /// Nothing but what calendars may hold.
    static func clean(_ random: inout Generator, words count: ClosedRange<Int> = 1...8) -> String {
        let script = random.one(of: words)
        var text = ""
        for index in 0..<random.number(count) {
            if index > 0, !random.once(in: 12) { text += " " }
            text += random.one(of: random.once(in: 6) ? random.one(of: words) : script)
        }
        if random.once(in: 15) {
            text += String(repeating: random.one(of: random.one(of: words)), count: random.number(10...60))
        }
        return text
    }

    /// Now and then with something hostile in it, or nothing but that.
    static func any(_ random: inout Generator, words count: ClosedRange<Int> = 1...8) -> String {
        if random.once(in: 40) { return "" }
        var text = clean(&random, words: count)
        guard random.once(in: 3) else { return text }
        for _ in 0..<random.number(1...4) {
            let piece = random.one(of: hostile)
            switch random.number(0...3) {
            case 0: text = piece + text
            case 1: text += piece
            case 2: text = piece
            default:
                let index = text.unicodeScalars.indices.randomElement(using: &random) ?? text.endIndex
                text.unicodeScalars.insert(contentsOf: piece.unicodeScalars, at: index)
            }
        }
        return text
    }

    /// What must be left of a text: line ends are one kind, and other control characters are none.
    static func canonical(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var previous: Unicode.Scalar = " "
        for scalar in text.unicodeScalars {
            if scalar == "\r" || scalar == "\n" && previous != "\r" {
                result.append("\n")
            } else if scalar.value >= 0x20 && scalar.value != 0x7F || scalar == "\t" {
                result.append(scalar)
            }
            previous = scalar
        }
        return String(result)
    }
}
