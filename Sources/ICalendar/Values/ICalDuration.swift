/// A duration (RFC 5545 section 3.3.6): nominal days, which may be 23 or 25 hours long, and exact seconds.
package struct ICalDuration: Sendable, Hashable {
    /// Days and weeks; below zero for a negative duration.
    package var days: Int
    /// Hours, minutes and seconds; below zero for a negative duration.
    package var seconds: Int

    package init(days: Int = 0, seconds: Int = 0) {
        self.days = days
        self.seconds = seconds
    }

    /// `nil` if the text is no duration, or is longer than any calendar can mean.
    package init?(_ text: String) {
        var bytes = text.utf8.filter { $0 > 0x20 }.map(\.asciiUppercased)[...]
        let isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative || bytes.first == UInt8(ascii: "+") { bytes.removeFirst() }
        guard bytes.popFirst() == UInt8(ascii: "P"), !bytes.isEmpty else { return nil }
        (days, seconds) = (0, 0)
        var (inTime, isEmpty) = (false, true)
        while let first = bytes.first {
            if first == UInt8(ascii: "T"), !inTime {
                inTime = true
                bytes.removeFirst()
                continue
            }
            let digits = bytes.prefix(while: \.isASCIIDigit)
            guard 1...10 ~= digits.count else { return nil }
            let number = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
            bytes.removeFirst(digits.count)
            isEmpty = false
            switch (bytes.popFirst(), inTime) {
            case (UInt8(ascii: "W"), false): days += number * 7
            case (UInt8(ascii: "D"), false): days += number
            case (UInt8(ascii: "H"), true): seconds += number * 3600
            case (UInt8(ascii: "M"), true): seconds += number * 60
            case (UInt8(ascii: "S"), true): seconds += number
            default: return nil
            }
        }
        guard !isEmpty, days <= 4_000_000, seconds <= 400_000_000_000 else { return nil }
        if isNegative { (days, seconds) = (-days, -seconds) }
    }

    /// As RFC 5545 writes it; weeks are written as days, since they do not go together with a time.
    package var text: String {
        let sign = days < 0 || seconds < 0 ? "-" : ""
        let (days, seconds) = (abs(days), abs(seconds))
        var text = sign + "P"
        if days > 0 || seconds == 0 { text += "\(days)D" }
        guard seconds > 0 else { return text }
        text += "T"
        let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60)
        if hours > 0 { text += "\(hours)H" }
        if minutes > 0 || (hours > 0 && rest > 0) { text += "\(minutes)M" }
        if rest > 0 { text += "\(rest)S" }
        return text
    }
}
