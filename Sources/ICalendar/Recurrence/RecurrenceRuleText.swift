extension RecurrenceRule {
    /// Reads a RECUR value. `nil` if it has no frequency, or a part that cannot be understood: a rule that is read
    /// only in part would put the event on the wrong days.
    ///
    /// Accepted beyond the standard: any order, lower case, white space, a semicolon at the end, a hyphenated UNTIL, `X-`
    /// parts, which are ignored, an INTERVAL, COUNT or UNTIL of nothing, as some clients write what was not chosen, and the
    /// rules of vCalendar 1.0.
    package init?(_ text: String) {
        if let old = OldRecurrence.rule(text) {
            self = old
            return
        }
        self.init(.daily)
        var hasFrequency = false
        for part in text.split(separator: ";") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = trimmed(String(pair[0])).asciiUppercased
            guard pair.count == 2 else {
                if name.isEmpty { continue }
                return nil
            }
            let value = trimmed(String(pair[1])).asciiUppercased
            switch name {
            case "INTERVAL" where value.isEmpty, "COUNT" where value.isEmpty, "UNTIL" where value.isEmpty: continue
            case "FREQ":
                guard let frequency = Frequency(rawValue: value) else { return nil }
                self.frequency = frequency
                hasFrequency = true
            case "INTERVAL":
                guard let number = Self.number(value), 0...100_000 ~= number else { return nil }
                interval = max(number, 1)
            case "COUNT":
                guard let number = Self.number(value), number >= 1 else { return nil }
                end = .count(number)
            case "UNTIL":
                guard let until = DateValue(value) else { return nil }
                end = .until(until)
            case "WKST":
                guard let day = Weekday(code: value) else { return nil }
                weekStart = day
            case "BYDAY":
                guard let days = Self.days(value) else { return nil }
                byDay = days
            case "BYSECOND": if !Self.read(value, 0...60, into: &bySecond) { return nil }
            case "BYMINUTE": if !Self.read(value, 0...59, into: &byMinute) { return nil }
            case "BYHOUR": if !Self.read(value, 0...23, into: &byHour) { return nil }
            case "BYMONTHDAY": if !Self.readSigned(value, 31, into: &byMonthDay) { return nil }
            case "BYYEARDAY": if !Self.readSigned(value, 366, into: &byYearDay) { return nil }
            case "BYWEEKNO": if !Self.readSigned(value, 53, into: &byWeekNumber) { return nil }
            case "BYMONTH": if !Self.read(value, 1...12, into: &byMonth) { return nil }
            case "BYSETPOS": if !Self.readSigned(value, 366 * 86_400, into: &bySetPosition) { return nil }
            // RFC 7529, for the calendar that is the standard's anyway.
            case "RSCALE" where value == "GREGORIAN", "SKIP" where value == "OMIT": continue
            case _ where name.hasPrefix("X-"): continue
            default: return nil
            }
        }
        guard hasFrequency else { return nil }
    }

    /// As a RECUR value, in the order of the standard's grammar.
    package var text: String {
        var parts = ["FREQ=\(frequency.rawValue)"]
        switch end {
        case .never: break
        case .count(let count): parts.append("COUNT=\(count)")
        case .until(let until): parts.append("UNTIL=\(until.text)")
        }
        if interval != 1 { parts.append("INTERVAL=\(interval)") }
        func add(_ name: String, _ values: [String]) {
            if !values.isEmpty { parts.append("\(name)=\(values.joined(separator: ","))") }
        }
        add("BYSECOND", bySecond.map(String.init))
        add("BYMINUTE", byMinute.map(String.init))
        add("BYHOUR", byHour.map(String.init))
        add("BYDAY", byDay.map { ($0.ordinal == 0 ? "" : String($0.ordinal)) + $0.weekday.code })
        add("BYMONTHDAY", byMonthDay.map(String.init))
        add("BYYEARDAY", byYearDay.map(String.init))
        add("BYWEEKNO", byWeekNumber.map(String.init))
        add("BYMONTH", byMonth.map(String.init))
        add("BYSETPOS", bySetPosition.map(String.init))
        if weekStart != .monday { parts.append("WKST=\(weekStart.code)") }
        return parts.joined(separator: ";")
    }

    private static func number(_ text: String) -> Int? {
        let digits = text.utf8.first == UInt8(ascii: "+") ? text.dropFirst() : text[...]
        return digits.utf8.count <= 9 ? Int(digits) : nil
    }

    private static func numbers(_ text: String) -> [Int]? {
        var result: [Int] = []
        for part in text.split(separator: ",") {
            guard let number = number(trimmed(String(part))) else { return nil }
            result.append(number)
        }
        return result
    }

    private static func read(_ text: String, _ range: ClosedRange<Int>, into list: inout [Int]) -> Bool {
        guard let numbers = numbers(text), numbers.allSatisfy({ range ~= $0 }) else { return false }
        list = numbers
        return true
    }

    private static func readSigned(_ text: String, _ most: Int, into list: inout [Int]) -> Bool {
        guard let numbers = numbers(text), numbers.allSatisfy({ 1...most ~= abs($0) }) else { return false }
        list = numbers
        return true
    }

    private static func days(_ text: String) -> [DayRule]? {
        var result: [DayRule] = []
        for part in text.split(separator: ",") {
            let part = trimmed(String(part))
            guard let day = Weekday(code: String(part.suffix(2))) else { return nil }
            let ordinal = part.dropLast(2)
            guard !ordinal.isEmpty else {
                result.append(DayRule(day))
                continue
            }
            guard let number = number(String(ordinal)), 1...53 ~= abs(number) else { return nil }
            result.append(DayRule(day, ordinal: number))
        }
        return result
    }
}
