/// A RECUR value by RFC 5545 section 3.3.10.
enum StrictRule {
    private static let frequencies = ["SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"]
    private static let days = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"]

    /// - Parameters:
    ///   - start: DTSTART of the event.
    ///   - isZoned: it has a TZID.
    static func faults(_ text: String, start: StrictDate?, isZoned: Bool) -> [String] {
        var parts: [String: String] = [:]
        var faults: [String] = []
        for part in text.split(separator: ";", omittingEmptySubsequences: false) {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard pair.count == 2, !pair[1].isEmpty else {
                faults.append("a part without a value")
                continue
            }
            if parts.updateValue(pair[1], forKey: pair[0]) != nil { faults.append("\(pair[0]) twice") }
        }
        let frequency = parts["FREQ"] ?? ""
        if !frequencies.contains(frequency) { faults.append("no frequency") }
        if parts["COUNT"] != nil, parts["UNTIL"] != nil { faults.append("COUNT and UNTIL") }
        for (name, value) in parts where !isSound(name, value, frequency, parts) { faults.append("\(name)=\(value)") }
        if let until = parts["UNTIL"].flatMap({ StrictDate($0) }), let start {
            let wanted: StrictDate.Kind = start.kind == .local && isZoned ? .utc : start.kind
            if until.kind != wanted { faults.append("UNTIL is not of the kind of DTSTART") }
        }
        return faults.map { "RRULE:\(text): \($0)" }
    }

    private static func isSound(
        _ name: String, _ value: String, _ frequency: String, _ parts: [String: String]
    ) -> Bool {
        func numbers(_ range: ClosedRange<Int>, signed: Bool = false) -> Bool {
            value.split(separator: ",", omittingEmptySubsequences: false).allSatisfy { text in
                guard let number = Int(text) else { return false }
                return signed ? range.contains(abs(number)) : range.contains(number)
            }
        }
        switch name {
        case "FREQ": return true
        case "INTERVAL", "COUNT": return Int(value).map { $0 >= 1 } ?? false
        case "UNTIL": return StrictDate(value) != nil
        case "WKST": return days.contains(value)
        case "BYSECOND": return numbers(0...60)
        case "BYMINUTE": return numbers(0...59)
        case "BYHOUR": return numbers(0...23)
        case "BYMONTH": return numbers(1...12)
        case "BYMONTHDAY": return numbers(1...31, signed: true) && frequency != "WEEKLY"
        case "BYYEARDAY":
            return numbers(1...366, signed: true) && !["DAILY", "WEEKLY", "MONTHLY"].contains(frequency)
        case "BYWEEKNO": return numbers(1...53, signed: true) && frequency == "YEARLY"
        case "BYSETPOS":
            return numbers(1...366, signed: true) && parts.keys.contains { $0.hasPrefix("BY") && $0 != "BYSETPOS" }
        case "BYDAY":
            return value.split(separator: ",", omittingEmptySubsequences: false).allSatisfy { day in
                guard days.contains(String(day.suffix(2))) else { return false }
                let ordinal = day.dropLast(2)
                if ordinal.isEmpty { return true }
                guard let number = Int(ordinal), (1...53).contains(abs(number)) else { return false }
                return frequency == "MONTHLY" || frequency == "YEARLY" && parts["BYWEEKNO"] == nil
            }
        default: return false
        }
    }
}
