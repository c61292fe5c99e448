/// The values of properties by their types (RFC 5545 section 3.3, RFC 7986, RFC 9073).
enum StrictValue {
    /// What is wrong with the value of a property, and with the parameters that say of what type it is.
    static func faults(_ line: StrictLine) -> [String] {
        isSound(line) ? [] : ["\(line.name) has a value of the wrong form: \(line.value.prefix(80))"]
    }

    private static func isSound(_ line: StrictLine) -> Bool {
        let value = line.value
        let type = line.parameter("VALUE")
        switch line.name {
        case "SUMMARY", "DESCRIPTION", "LOCATION", "COMMENT", "CONTACT", "UID", "TZID", "TZNAME", "PRODID",
            "RELATED-TO",
            "CLASS", "COLOR", "X-ALT-DESC":
            return isText(value) && (type == nil || type == "TEXT") && (line.name != "COLOR" || !value.isEmpty)
        case "CATEGORIES", "RESOURCES": return isText(value, isList: true)
        case "STYLED-DESCRIPTION": return type == "TEXT" ? isText(value) : type == "URI" && isURI(value)
        case "VERSION": return value == "2.0"
        case "CALSCALE": return value == "GREGORIAN"
        case "METHOD": return !value.isEmpty && value.utf8.allSatisfy { (0x41...0x5A).contains($0) }
        case "STATUS": return ["TENTATIVE", "CONFIRMED", "CANCELLED"].contains(value)
        case "TRANSP": return ["OPAQUE", "TRANSPARENT"].contains(value)
        case "PRIORITY": return Int(value).map { (0...9).contains($0) } ?? false
        case "SEQUENCE": return Int(value).map { $0 >= 0 } ?? false
        case "GEO": return isPosition(value)
        case "URL": return isURI(value) && (type == nil || type == "URI")
        case "ATTACH": return isURI(value) && (type == nil || type == "URI")
        case "CONFERENCE": return isURI(value) && type == "URI"
        case "ORGANIZER", "ATTENDEE": return isURI(value)
        case "DTSTAMP", "CREATED", "LAST-MODIFIED", "COMPLETED":
            return StrictDate(value)?.kind == .utc && line.parameters.isEmpty
        case "DTSTART", "DTEND", "RECURRENCE-ID": return isDate(value, line)
        case "EXDATE", "RDATE":
            let values = value.split(separator: ",", omittingEmptySubsequences: false)
            return type == "PERIOD" && line.name == "RDATE"
                ? values.allSatisfy { isPeriod($0, line) } : values.allSatisfy { isDate($0, line) }
        case "DURATION": return StrictDuration.isSound(value)
        case "TZOFFSETFROM", "TZOFFSETTO": return isOffset(value)
        default: return true
        }
    }

    /// TEXT: every comma, semicolon and backslash is escaped, and nothing else is.
    static func isText(_ value: String, isList: Bool = false) -> Bool {
        var rest = value.utf8[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: ";"): return false
            case UInt8(ascii: ","): if !isList { return false }
            case UInt8(ascii: "\\"):
                guard let next = rest.popFirst(), "\\;,nN".utf8.contains(next) else { return false }
            default: break
            }
        }
        return true
    }

    /// A scheme, and only what RFC 3986 allows in a URI.
    private static func isURI(_ value: String) -> Bool {
        guard let colon = value.utf8.firstIndex(of: UInt8(ascii: ":")) else { return false }
        let scheme = value.utf8[..<colon]
        let isLetter: (UInt8) -> Bool = { (0x41...0x5A).contains($0 & 0xDF) }
        guard let first = scheme.first, isLetter(first),
            scheme.allSatisfy({ isLetter($0) || (0x30...0x39).contains($0) || "+-.".utf8.contains($0) })
        else { return false }
        var rest = value.utf8[colon...].dropFirst()
        if rest.isEmpty { return false }
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%") {
                guard rest.count >= 2, UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) != nil else {
                    return false
                }
            } else if byte <= 0x20 || byte >= 0x7F || "\"<>\\^`{|}".utf8.contains(byte) {
                return false
            }
        }
        return true
    }

    /// Of the type that VALUE says, and with a TZID only where the time is neither a date nor in UTC.
    private static func isDate(_ text: some StringProtocol, _ line: StrictLine) -> Bool {
        guard let date = StrictDate(text) else { return false }
        let tzid = line.parameter("TZID")
        if tzid != nil, date.kind != .local { return false }
        switch line.parameter("VALUE") {
        case "DATE": return date.kind == .date
        case nil, "DATE-TIME": return date.kind != .date
        default: return false
        }
    }

    private static func isPeriod(_ text: some StringProtocol, _ line: StrictLine) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let start = StrictDate(parts[0]), start.kind != .date else { return false }
        if line.parameter("TZID") != nil, start.kind != .local { return false }
        if let end = StrictDate(parts[1]) { return end.kind == start.kind && end.digits > start.digits }
        return StrictDuration.isSound(parts[1])
    }

    private static func isOffset(_ value: String) -> Bool {
        let digits = value.utf8.dropFirst()
        return "+-".utf8.contains(value.utf8.first ?? 0) && [4, 6].contains(digits.count)
            && digits.allSatisfy { (0x30...0x39).contains($0) } && value != "-0000" && value != "-000000"
    }

    private static func isPosition(_ value: String) -> Bool {
        let parts = value.split(separator: ";", omittingEmptySubsequences: false).map { part in
            part.utf8.allSatisfy { (0x30...0x39).contains($0) || "+-.".utf8.contains($0) } ? Double(part) : nil
        }
        guard parts.count == 2, let latitude = parts[0], let longitude = parts[1] else { return false }
        return abs(latitude) <= 90 && abs(longitude) <= 180
    }
}
