import Synchronization

/// Finds zones in `ZoneData`, and keeps those that were asked for.
enum ZoneTable {
    /// By lower-case name. Bounded by the number of zones there are.
    private static let known = Mutex<[String: TimeZoneRules]>([:])

    static func rules(named name: String) -> TimeZoneRules? {
        let key = name.asciiLowercased
        if let rules = known.withLock({ $0[key] }) { return rules }
        guard let rules = decode(key, links: 2) else { return nil }
        known.withLock { $0[key] = rules }
        return rules
    }

    /// The names of the zones whose last part is this, such as `America/Chicago` for `Chicago`; a space counts as an
    /// underscore.
    static func names(endingWith city: String) -> [String] {
        let wanted = Array(city.utf8).map { $0 == 0x20 ? UInt8(ascii: "_") : $0.asciiLowercased }
        guard !wanted.isEmpty else { return [] }
        return ZoneData.lines.withUTF8Buffer { data in
            data.split(separator: 0x0A).compactMap { line in
                let name = line.prefix { !isSeparator($0) }
                guard name.count > wanted.count, name.dropLast(wanted.count).last == UInt8(ascii: "/"),
                    zip(name.suffix(wanted.count), wanted).allSatisfy({ $0.asciiLowercased == $1 })
                else { return nil }
                return String(decoding: name, as: UTF8.self)
            }
        }
    }

    private static func decode(_ key: String, links: Int) -> TimeZoneRules? {
        guard let line = line(for: Array(key.utf8)) else { return nil }
        if let link = line.utf8.firstIndex(where: isSeparator), line.utf8[link] == UInt8(ascii: ">") {
            let target = String(line[line.utf8.index(after: link)...]).asciiLowercased
            return links > 0 ? decode(target, links: links - 1) : nil
        }
        return ZoneLine.decode(line)
    }

    private static func isSeparator(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "|") || byte == UInt8(ascii: ">") }

    /// Searches by halves: the lines are ordered by lower-cased name.
    private static func line(for key: [UInt8]) -> String? {
        ZoneData.lines.withUTF8Buffer { data in
            var (low, high) = (0, data.count)
            while low < high {
                var start = (low + high) / 2
                while start > low, data[start - 1] != 0x0A { start -= 1 }
                var end = start
                while end < data.count, data[end] != 0x0A { end += 1 }
                let line = data[start..<end]
                let name = line.prefix { !isSeparator($0) }
                if name.elementsEqual(key, by: { $0.asciiLowercased == $1 }) {
                    return String(decoding: line, as: UTF8.self)
                }
                if name.lexicographicallyPrecedes(key, by: { $0.asciiLowercased < $1.asciiLowercased }) {
                    low = end + 1
                } else {
                    high = start
                }
            }
            return nil
        }
    }
}

/// Decodes a line of `ZoneData`; Scripts/generate-zones describes the form.
enum ZoneLine {
    static func decode(_ line: String) -> TimeZoneRules? {
        let fields = line.split(separator: "|", omittingEmptySubsequences: false)
        guard fields.count == 4 else { return nil }
        let phases = fields[2].split(separator: " ").compactMap(phase)
        var rules: TimeZoneRules?
        var (time, delta) = (0, 0)
        for byte in fields[3].utf8 {
            switch byte {
            case 0x30...0x39: delta = delta * 36 + Int(byte - 0x30)
            case 0x61...0x7A: delta = delta * 36 + Int(byte - 0x61) + 10
            case 0x41...0x5A:
                let index = Int(byte - 0x41)
                guard index < phases.count else { return nil }
                time += delta
                delta = 0
                if rules == nil {
                    rules = TimeZoneRules(initial: phases[index])
                } else {
                    rules?.transitions.append(.init(time: time, phase: phases[index]))
                }
            default: return nil
            }
        }
        if case .yearly(let rule)? = ZoneRuleText.parse(fields[1].utf8) { rules?.yearly = rule }
        return rules
    }

    /// `offset,abbreviation`, with a star for daylight time.
    private static func phase(_ text: Substring) -> ZonePhase? {
        let pair = text.split(separator: ",")
        guard pair.count == 2, let offset = Int(pair[0]) else { return nil }
        let isDaylight = pair[1].hasSuffix("*")
        return ZonePhase(
            offset: offset, isDaylight: isDaylight, name: String(isDaylight ? pair[1].dropLast() : pair[1]))
    }
}
