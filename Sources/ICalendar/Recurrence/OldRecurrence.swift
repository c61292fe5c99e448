/// The rules of vCalendar 1.0, such as `W1 MO TU #10`, `MP1 1+ FR 20271231T000000Z` or `YM1 6 #0`: a frequency with its
/// interval, what it is on, and `#` with a count (0 for no end) or the last date. Without an end there are two.
enum OldRecurrence {
    /// `nil` for anything else.
    static func rule(_ text: String) -> RecurrenceRule? {
        var words = text.split(separator: " ").map { String($0).asciiUppercased }[...]
        guard let first = words.popFirst(), let (kind, interval) = frequency(first) else { return nil }
        var rule = RecurrenceRule(kind.frequency)
        rule.interval = interval
        rule.end = .count(2)
        var ordinals: [Int] = []
        var isListOpen = false
        while let word = words.popFirst() {
            if word.hasPrefix("#") {
                guard words.isEmpty, let count = number(word.dropFirst()) else { return nil }
                rule.end = count == 0 ? .never : .count(count)
            } else if words.isEmpty, word.utf8.count >= 8, let until = DateValue(word) {
                rule.end = .until(until)
            } else if kind == .monthlyByPosition, let ordinal = signed(word), 1...5 ~= abs(ordinal) {
                ordinals = (isListOpen ? ordinals : []) + [ordinal]
                isListOpen = true
            } else if let day = Weekday(code: word), kind == .weekly || kind == .monthlyByPosition {
                rule.byDay += kind == .weekly ? [.init(day)] : ordinals.map { .init(day, ordinal: $0) }
                isListOpen = false
            } else if kind == .monthlyByDay, word == "LD" {
                rule.byMonthDay.append(-1)
            } else if let number = signed(word), add(number, to: &rule, of: kind) {
                continue
            } else {
                return nil
            }
        }
        return rule
    }

    private enum Kind {
        case daily, weekly, monthlyByPosition, monthlyByDay, yearlyByMonth, yearlyByDay

        var frequency: RecurrenceRule.Frequency {
            switch self {
            case .daily: .daily
            case .weekly: .weekly
            case .monthlyByPosition, .monthlyByDay: .monthly
            case .yearlyByMonth, .yearlyByDay: .yearly
            }
        }
    }

    private static func frequency(_ word: String) -> (Kind, interval: Int)? {
        let kinds: [(String, Kind)] = [
            ("MP", .monthlyByPosition), ("MD", .monthlyByDay), ("YM", .yearlyByMonth), ("YD", .yearlyByDay),
            ("D", .daily), ("W", .weekly),
        ]
        for (mark, kind) in kinds where word.hasPrefix(mark) {
            guard let interval = number(word.dropFirst(mark.utf8.count)), interval > 0 else { return nil }
            return (kind, interval)
        }
        return nil
    }

    private static func add(_ number: Int, to rule: inout RecurrenceRule, of kind: Kind) -> Bool {
        switch kind {
        case .monthlyByDay where 1...31 ~= abs(number): rule.byMonthDay.append(number)
        case .yearlyByMonth where 1...12 ~= number: rule.byMonth.append(number)
        case .yearlyByDay where 1...366 ~= number: rule.byYearDay.append(number)
        default: return false
        }
        return true
    }

    /// `2`, `2+` or `2-`.
    private static func signed(_ word: String) -> Int? {
        guard let last = word.utf8.last, last == UInt8(ascii: "+") || last == UInt8(ascii: "-") else {
            return number(word[...])
        }
        return number(word.dropLast()).map { last == UInt8(ascii: "-") ? -$0 : $0 }
    }

    private static func number(_ text: Substring) -> Int? {
        text.utf8.count <= 5 && text.utf8.allSatisfy(\.isASCIIDigit) ? Int(text) : nil
    }
}
