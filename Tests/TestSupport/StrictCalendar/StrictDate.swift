/// A DATE or DATE-TIME of exactly the form RFC 5545 sections 3.3.4 and 3.3.5 give.
struct StrictDate {
    enum Kind: Equatable {
        case date
        case local
        case utc
    }

    var kind: Kind
    /// The digits, which order dates of the same kind and zone.
    var digits: String

    init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 8 || bytes.count == 15 || bytes.count == 16 && bytes[15] == UInt8(ascii: "Z") else {
            return nil
        }
        func number(_ range: Range<Int>) -> Int? {
            let field = bytes[range]
            guard field.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
            return field.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        }
        guard let year = number(0..<4), let month = number(4..<6), let day = number(6..<8), (1...12).contains(month),
            (1...Self.days(month, year)).contains(day)
        else { return nil }
        digits = String(decoding: bytes.filter { (0x30...0x39).contains($0) }, as: UTF8.self)
        kind = bytes.count == 8 ? .date : bytes.count == 16 ? .utc : .local
        if kind == .date { return }
        guard bytes[8] == UInt8(ascii: "T"), let hour = number(9..<11), let minute = number(11..<13),
            let second = number(13..<15), hour < 24, minute < 60, second < 61
        else { return nil }
    }

    private static func days(_ month: Int, _ year: Int) -> Int {
        if month == 2 { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28 }
        return [4, 6, 9, 11].contains(month) ? 30 : 31
    }
}

/// A DURATION of the form RFC 5545 section 3.3.6 gives.
enum StrictDuration {
    /// - Parameter onlyDays: no hours, minutes or seconds, as an event that starts with a date needs it.
    static func isSound(_ text: some StringProtocol, onlyDays: Bool = false) -> Bool {
        var rest = Array(text.utf8)[...]
        if rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        guard rest.popFirst() == UInt8(ascii: "P") else { return false }
        var (units, inTime) = ("", false)
        while let byte = rest.first {
            if byte == UInt8(ascii: "T"), !inTime {
                rest.removeFirst()
                inTime = true
                units += "T"
                continue
            }
            let digits = rest.prefix { (0x30...0x39).contains($0) }
            rest.removeFirst(digits.count)
            guard !digits.isEmpty, let unit = rest.popFirst() else { return false }
            units += String(UnicodeScalar(unit))
        }
        // A week stands alone; a time is hours, minutes, seconds without a gap.
        let days = ["W", "D"]
        let times = ["TH", "THM", "THMS", "TM", "TMS", "TS"]
        return days.contains(units) || !onlyDays && (times.contains(units) || times.contains { units == "D" + $0 })
    }
}
