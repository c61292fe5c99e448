/// Dates of header fields (RFC 5322 sections 3.3 and 4.3), as seconds since 1970-01-01T00:00:00Z.
package enum MailDate {
    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    private static let monthNames = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    // 1970-01-01 was a Thursday.
    private static let dayNames = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let zones = [
        "ut": 0, "gmt": 0, "utc": 0, "z": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6,
        "pst": -8, "pdt": -7,
    ]

    /// Reads a date. The weekday is ignored, seconds and zone may be missing, years may have two digits.
    package static func parse(_ text: String) -> Int? {
        let words = words(text)
        guard let monthIndex = words.firstIndex(where: { month($0) != nil }), let month = month(words[monthIndex]),
            monthIndex + 1 < words.count
        else { return nil }
        // `12 Aug 2008 12:19:40 -0700`, or as ctime writes it, `Aug 12 12:19:40 2008`.
        var rest = Array(words[(monthIndex + 1)...])
        var day: Int?
        if monthIndex > 0 { day = Int(words[monthIndex - 1]) }
        if day == nil {
            day = Int(rest.removeFirst())
            if rest.count > 1, rest[0].contains(":"), let year = Int(rest[1]), year > 31 { rest.swapAt(0, 1) }
        }
        guard let day, rest.count > 1, var year = Int(rest[0]), let time = time(rest[1]) else { return nil }
        if year < 100 { year += year < 50 ? 2000 : 1900 } else if year < 1000 { year += 1900 }
        guard day >= 1, day <= CivilDate.days(inMonth: month, year: year), year <= 9999 else { return nil }
        let offset = rest.count > 2 ? zone(rest[2]) : 0
        return CivilDate.daysSince1970(year: year, month: month, day: day) * 86400 + time - offset
    }

    /// `Thu, 01 Jan 1970 00:00:00 +0000`, always in UTC.
    ///
    /// - Parameter seconds: times outside the years 0 to 9999, which the format cannot hold, become its ends.
    package static func format(_ seconds: Int) -> String {
        let seconds = min(max(seconds, -62_167_219_200), 253_402_300_799)
        let days = seconds >= 0 ? seconds / 86400 : -((86399 - seconds) / 86400)
        let time = seconds - days * 86400
        let (year, month, day) = CivilDate.date(daysSince1970: days)
        let weekday = ((days % 7) + 7) % 7
        let clock = [time / 3600, time / 60 % 60, time % 60].map { padded($0, 2) }.joined(separator: ":")
        return "\(dayNames[weekday]), \(padded(day, 2)) \(monthNames[month - 1]) \(padded(year, 4)) \(clock) +0000"
    }

    private static func words(_ text: String) -> [String] {
        let bytes = Array(text.utf8)
        var words: [String] = []
        var word: [UInt8] = []
        var index = 0
        func finish() {
            if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
            word = []
        }
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "(") {
                finish()
                guard let end = HeaderComment.end(in: bytes, from: index) else { break }
                index = end
                continue
            }
            let isDateHyphen = byte == UInt8(ascii: "-") && !word.isEmpty
            if byte.isBlank || byte.isLineEnd || byte == UInt8(ascii: ",") || isDateHyphen {
                finish()
            } else {
                word.append(byte.lowercased)
            }
            index += 1
        }
        finish()
        return words
    }

    private static func month(_ word: String) -> Int? {
        guard word.utf8.count >= 3, word.utf8.first?.isLetter == true else { return nil }
        return months.firstIndex { word.hasPrefix($0) }.map { $0 + 1 }
    }

    private static func time(_ word: String) -> Int? {
        let pieces = word.split(separator: ":").map { Int($0.prefix { $0 != "." }) }
        guard pieces.count == 2 || pieces.count == 3, let hour = pieces[0], let minute = pieces[1],
            let second = pieces.count == 3 ? pieces[2] : 0
        else { return nil }
        guard (0..<24).contains(hour), (0..<60).contains(minute), (0...60).contains(second) else { return nil }
        return hour * 3600 + minute * 60 + second
    }

    /// Seconds east of Greenwich; zones not known count as UTC (RFC 5322 section 4.3).
    private static func zone(_ word: String) -> Int {
        if let hours = zones[word] { return hours * 3600 }
        guard let sign = word.utf8.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
            let digits = Int(word.dropFirst().filter { $0 != ":" }), digits >= 0, digits < 10000
        else { return 0 }
        let seconds = (digits / 100) * 3600 + (digits % 100) * 60
        return sign == UInt8(ascii: "-") ? -seconds : seconds
    }

    private static func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
