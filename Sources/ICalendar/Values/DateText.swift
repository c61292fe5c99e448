/// Reads `YYYYMMDD` and `YYYYMMDDTHHMMSS`, with `Z` or without, and what clients make of it: hyphens and colons as in
/// ISO 8601, no seconds, lower case, white space around, midnight as hour 24.
struct DateText {
    let date: CivilDate
    let time: CivilTime?
    let isUTC: Bool

    init?(_ text: String) {
        var scanner = Scanner(text)
        guard let year = scanner.number(4) else { return nil }
        scanner.skip(UInt8(ascii: "-"))
        guard let month = scanner.number(2) else { return nil }
        scanner.skip(UInt8(ascii: "-"))
        guard let day = scanner.number(2), let date = CivilDate(year: year, month: month, day: day) else { return nil }
        if scanner.isAtEnd {
            (self.date, time, isUTC) = (date, nil, false)
            return
        }
        guard scanner.skip(UInt8(ascii: "T")) || scanner.skip(UInt8(ascii: "t")), let hour = scanner.number(2) else {
            return nil
        }
        scanner.skip(UInt8(ascii: ":"))
        guard let minute = scanner.number(2) else { return nil }
        scanner.skip(UInt8(ascii: ":"))
        let second = scanner.number(2) ?? 0
        isUTC = scanner.skip(UInt8(ascii: "Z")) || scanner.skip(UInt8(ascii: "z"))
        guard scanner.isAtEnd else { return nil }
        if hour == 24, minute == 0, second == 0 {
            (self.date, time) = (date.adding(days: 1), .midnight)
        } else {
            guard let time = CivilTime(hour: hour, minute: minute, second: second) else { return nil }
            (self.date, self.time) = (date, time)
        }
    }

    private struct Scanner {
        private var bytes: Substring.UTF8View

        init(_ text: String) {
            bytes = text.utf8[...]
            while let first = bytes.first, first <= 0x20 { bytes.removeFirst() }
            while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
        }

        var isAtEnd: Bool { bytes.isEmpty }

        @discardableResult
        mutating func skip(_ byte: UInt8) -> Bool {
            guard bytes.first == byte else { return false }
            bytes.removeFirst()
            return true
        }

        mutating func number(_ digits: Int) -> Int? {
            let field = bytes.prefix(digits)
            guard field.count == digits, field.allSatisfy(\.isASCIIDigit) else { return nil }
            bytes.removeFirst(digits)
            return field.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        }
    }
}
