/// Reads `YYYYMMDD` and `YYYYMMDDTHHMMSS`, with `Z` or without, and what clients make of it: hyphens, colons, fractions
/// and offsets as in ISO 8601, no seconds, lower case, white space around, midnight as hour 24.
struct DateText {
    private(set) var date: CivilDate
    private(set) var time: CivilTime?
    private(set) var isUTC: Bool

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
        scanner.skipFraction()
        let offset = scanner.offset()
        isUTC = offset != nil
        guard scanner.isAtEnd else { return nil }
        if hour == 24, minute == 0, second == 0 {
            (self.date, time) = (date.adding(days: 1), .midnight)
        } else {
            guard let time = CivilTime(hour: hour, minute: minute, second: second) else { return nil }
            (self.date, self.time) = (date, time)
        }
        if let offset, offset != 0 { moveToUTC(from: offset) }
    }

    private mutating func moveToUTC(from offset: Int) {
        let clock = (time?.secondsSinceMidnight ?? 0) - offset
        date = date.adding(days: clock.flooredQuotient(86_400))
        time = CivilTime(secondsSinceMidnight: clock)
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

        /// `.000`, which programs leave behind the seconds.
        mutating func skipFraction() {
            guard bytes.first == UInt8(ascii: "."), let digit = bytes.dropFirst().first, digit.isASCIIDigit else {
                return
            }
            bytes.removeFirst()
            while let byte = bytes.first, byte.isASCIIDigit { bytes.removeFirst() }
        }

        /// Seconds ahead of UTC: `Z`, or `+01:00` as in ISO 8601; `nil` without either.
        mutating func offset() -> Int? {
            if skip(UInt8(ascii: "Z")) || skip(UInt8(ascii: "z")) { return 0 }
            let sign = bytes.first
            guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
                let offset = EmbeddedZone.offset(String(Substring(bytes)))
            else { return nil }
            bytes = bytes[bytes.endIndex...]
            return offset
        }

        mutating func number(_ digits: Int) -> Int? {
            let field = bytes.prefix(digits)
            guard field.count == digits, field.allSatisfy(\.isASCIIDigit) else { return nil }
            bytes.removeFirst(digits)
            return field.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        }
    }
}
