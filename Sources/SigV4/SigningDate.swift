/// The moment of a signature in the two forms signing needs.
package struct SigningDate: Sendable, Hashable {
    /// `20150830T123600Z`
    package let timestamp: String
    /// `20150830`
    package let day: String

    /// - Parameter epochSeconds: seconds since 1970-01-01T00:00:00Z; the year must have four digits.
    package init(epochSeconds: Int) {
        let days = epochSeconds >= 0 ? epochSeconds / 86_400 : (epochSeconds - 86_399) / 86_400
        let seconds = epochSeconds - days * 86_400
        let (year, month, dayOfMonth) = SigningDate.civil(daysSince1970: days)
        var text: [UInt8] = []
        text.reserveCapacity(16)
        SigningDate.append(year, digits: 4, to: &text)
        SigningDate.append(month, digits: 2, to: &text)
        SigningDate.append(dayOfMonth, digits: 2, to: &text)
        day = String(decoding: text, as: UTF8.self)
        text.append(UInt8(ascii: "T"))
        SigningDate.append(seconds / 3600, digits: 2, to: &text)
        SigningDate.append(seconds / 60 % 60, digits: 2, to: &text)
        SigningDate.append(seconds % 60, digits: 2, to: &text)
        text.append(UInt8(ascii: "Z"))
        timestamp = String(decoding: text, as: UTF8.self)
    }

    /// The proleptic Gregorian date. Counting years from March puts the leap day last, so that the day of the year
    /// gives the month by a straight line (153 days every five months).
    private static func civil(daysSince1970: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = daysSince1970 + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    private static func append(_ number: Int, digits: Int, to text: inout [UInt8]) {
        var divisor = 1
        for _ in 1..<digits { divisor *= 10 }
        while divisor > 0 {
            text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / divisor % 10))
            divisor /= 10
        }
    }
}
