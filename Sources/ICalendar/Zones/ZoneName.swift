/// Finds the zone that a TZID means by its name alone.
enum ZoneName {
    /// In order of trust: an IANA or Windows name, the tail of a path such as `/mozilla.org/20050126_1/Europe/Berlin`, the
    /// names Windows shows to people, such as `(UTC+01:00) Amsterdam, Berlin`.
    static func rules(for tzid: String) -> TimeZoneRules? {
        let name = normal(tzid)
        guard !name.isEmpty, name.utf8.count <= 255 else { return nil }
        return TimeZoneRules.named(name) ?? pathTail(name) ?? displayName(name) ?? plainOffset(name)
    }

    /// Without what clients put around a name: blanks, quotation marks, another parameter that slipped into it.
    static func normal(_ tzid: String) -> String {
        guard tzid.utf8.contains(where: { $0 <= 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: ";") }) else {
            return tzid
        }
        var bytes = tzid.utf8[...]
        if let semicolon = bytes.firstIndex(of: UInt8(ascii: ";")),
            String(Substring(bytes[semicolon...])).asciiUppercased.hasPrefix(";VALUE=")
        {
            bytes = bytes[..<semicolon]
        }
        func isAround(_ byte: UInt8) -> Bool { byte <= 0x20 || byte == UInt8(ascii: "\"") }
        while let byte = bytes.first, isAround(byte) { bytes.removeFirst() }
        while let byte = bytes.last, isAround(byte) { bytes.removeLast() }
        return String(Substring(bytes))
    }

    /// Names of one offset that clients use for zones with daylight time, too; a VTIMEZONE then knows better.
    static func isLooseAbbreviation(_ name: String) -> Bool { ["EST", "MST", "HST", "GMT"].contains(name) }

    private static func pathTail(_ name: String) -> TimeZoneRules? {
        // Some write `America/New York`.
        let parts = name.split(separator: "/").map { String($0.map { $0 == " " ? "_" : $0 }) }
        guard parts.count > 1, !name.utf8.contains(UInt8(ascii: "(")) else { return nil }
        for count in stride(from: min(3, parts.count), through: 1, by: -1) {
            if let rules = TimeZoneRules.named(parts.suffix(count).joined(separator: "/")) { return rules }
        }
        // `Germany/Berlin`: the city tells if there is one of its name.
        let cities = ZoneTable.names(endingWith: parts[parts.count - 1])
        return cities.count == 1 ? TimeZoneRules.named(cities[0]) : nil
    }

    /// `(UTC+01:00) Amsterdam, Berlin`, `(GMT-08.00) Pacific Time (US & Canada) / Tijuana`, `Pacific Time (US & Canada)`.
    private static func displayName(_ name: String) -> TimeZoneRules? {
        var rest = name[...]
        var offset: Int?
        if name.utf8.first == UInt8(ascii: "("), let close = name.firstIndex(of: ")") {
            guard let stated = statedOffset(name[name.index(after: name.startIndex)..<close]) else { return nil }
            offset = stated
            // `(GMT +01:00)`
            if name.index(after: close) == name.endIndex { return fixed(stated, name) }
            rest = name[name.index(after: close)...]
        }
        for part in rest.split(whereSeparator: { ",/;:".contains($0) }) {
            let part = trimmed(String(part))
            let plain = trimmed(String(part.prefix { $0 != "(" }))
            if plain.hasSuffix(" Time") {
                let windows = plain.hasSuffix(" Standard Time") ? plain : plain.dropLast(5) + " Standard Time"
                if let rules = TimeZoneRules.named(windows), agrees(rules, offset) { return rules }
            }
            // A city alone is too little to go by.
            guard offset != nil else { continue }
            for candidate in ZoneTable.names(endingWith: part) {
                if let rules = TimeZoneRules.named(candidate), agrees(rules, offset) { return rules }
            }
        }
        return nil
    }

    /// Windows states the offset of standard time, today's or that of some years ago.
    private static func agrees(_ rules: TimeZoneRules, _ offset: Int?) -> Bool {
        guard let offset else { return true }
        if let yearly = rules.yearly { return yearly.standard.offset == offset }
        let phases = [rules.initial] + rules.transitions.suffix(8).map(\.phase)
        return phases.contains { $0.offset == offset }
    }

    /// `UTC+01:00`, `GMT-08.00`, `UTC`.
    private static func statedOffset(_ text: Substring) -> Int? {
        let upper = String(text).asciiUppercased
        guard upper.hasPrefix("UTC") || upper.hasPrefix("GMT") else { return nil }
        let rest = trimmed(String(upper.dropFirst(3)))
        if rest.isEmpty { return 0 }
        guard rest.hasPrefix("+") || rest.hasPrefix("-") else { return nil }
        return EmbeddedZone.offset(String(rest.map { $0 == "." ? ":" : $0 }))
    }

    /// `UTC+05:30` and nothing else.
    private static func plainOffset(_ name: String) -> TimeZoneRules? {
        statedOffset(name[...]).map { fixed($0, name) }
    }

    private static func fixed(_ offset: Int, _ name: String) -> TimeZoneRules {
        TimeZoneRules(initial: ZonePhase(offset: offset, isDaylight: false, name: name))
    }
}
