/// Rules of all kinds, the same ones in every run.
struct GeneratedRule {
    private var state: UInt64
    private static let days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]

    init(seed: UInt64) { state = seed }

    /// SplitMix64.
    mutating func number(_ range: ClosedRange<Int>) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        value ^= value >> 31
        return range.lowerBound + Int(value % UInt64(range.count))
    }

    mutating func one<Element>(of list: [Element]) -> Element { list[number(0...(list.count - 1))] }

    mutating func once(in times: Int) -> Bool { number(1...times) == 1 }

    private mutating func some(_ range: ClosedRange<Int>, signed: Bool = false) -> String {
        let numbers = (0..<number(1...4)).map { _ in
            let number = number(range)
            return signed && once(in: 3) ? -number : number
        }
        return Set(numbers).sorted().map(String.init).joined(separator: ",")
    }

    private mutating func someDays() -> String {
        Set((0..<number(1...4)).map { _ in one(of: Self.days) }).sorted().joined(separator: ",")
    }

    private mutating func someOrdinals(_ most: Int) -> String {
        Set((0..<number(1...3)).map { _ in "\((once(in: 3) ? -1 : 1) * number(1...most))\(one(of: Self.days))" })
            .sorted().joined(separator: ",")
    }

    /// Without an end.
    mutating func rule() -> String {
        let frequency = one(of: ["YEARLY", "YEARLY", "MONTHLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY"])
        var parts = ["FREQ=\(frequency)"]
        if once(in: 2) { parts.append("INTERVAL=\(number(1...4))") }
        if once(in: 3) { parts.append("WKST=\(one(of: Self.days))") }
        let sizeWithoutDays = parts.count
        switch frequency {
        case "YEARLY":
            switch number(0...5) {
            case 0: parts.append("BYMONTH=\(some(1...12))")
            case 1: parts += ["BYMONTH=\(some(1...12))", "BYMONTHDAY=\(some(1...31, signed: true))"]
            case 2: parts += ["BYMONTH=\(some(1...12))", "BYDAY=\(once(in: 2) ? someDays() : someOrdinals(5))"]
            case 3: parts.append("BYDAY=\(once(in: 2) ? someDays() : someOrdinals(53))")
            case 4: parts.append("BYYEARDAY=\(some(1...366, signed: true))")
            default: parts += ["BYWEEKNO=\(some(1...53, signed: true))", "BYDAY=\(someDays())"]
            }
        case "MONTHLY":
            if once(in: 4) { parts.append("BYMONTH=\(some(1...12))") }
            switch number(0...3) {
            case 0: parts.append("BYMONTHDAY=\(some(1...31, signed: true))")
            case 1: parts.append("BYDAY=\(once(in: 2) ? someDays() : someOrdinals(5))")
            case 2: parts += ["BYMONTHDAY=\(some(1...31))", "BYDAY=\(someDays())"]
            default: break
            }
        case "WEEKLY", "DAILY":
            if once(in: 4) { parts.append("BYMONTH=\(some(1...12))") }
            if once(in: 2) { parts.append("BYDAY=\(someDays())") }
            if frequency == "DAILY", once(in: 4) { parts.append("BYMONTHDAY=\(some(1...31, signed: true))") }
        default:
            if once(in: 2) { parts.append("BYDAY=\(someDays())") }
        }
        let choosesDays = parts.count > sizeWithoutDays
        if once(in: 5) { parts.append("BYHOUR=\(some(0...23))") }
        if once(in: 6) { parts.append("BYMINUTE=\(some(0...59))") }
        if choosesDays, once(in: 3), frequency == "YEARLY" || frequency == "MONTHLY" {
            parts.append("BYSETPOS=\(some(1...4, signed: true))")
        }
        return parts.joined(separator: ";")
    }
}
