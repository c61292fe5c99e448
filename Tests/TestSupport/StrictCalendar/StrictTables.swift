/// How often a property may stand in a component: RFC 5545 section 3.6, RFC 7986 section 4 and RFC 9073; for messages the
/// tables of RFC 5546 section 3.2.
struct StrictTable {
    /// Exactly once.
    var once: Set<String>
    /// Once at most.
    var atMostOnce: Set<String> = []
    /// Once at least.
    var atLeastOnce: Set<String> = []
    var never: Set<String> = []
    /// Any number. What is in none of the sets and is no `X-` property does not belong here.
    var any: Set<String> = []

    func faults(_ component: StrictComponent) -> [String] {
        var counts: [String: Int] = [:]
        for line in component.lines { counts[line.name, default: 0] += 1 }
        var faults: [String] = []
        func check(_ names: Set<String>, _ isAllowed: (Int) -> Bool) {
            for name in names.sorted() where !isAllowed(counts[name] ?? 0) {
                faults.append("\(component.name) has \(counts[name] ?? 0) \(name)")
            }
        }
        check(once) { $0 == 1 }
        check(atMostOnce) { $0 <= 1 }
        check(atLeastOnce) { $0 >= 1 }
        check(never) { $0 == 0 }
        let known = once.union(atMostOnce).union(atLeastOnce).union(never).union(any)
        for name in counts.keys.sorted() where !known.contains(name) && !name.hasPrefix("X-") {
            faults.append("\(name) does not belong in \(component.name)")
        }
        return faults
    }

    static let calendar = StrictTable(once: ["PRODID", "VERSION"], atMostOnce: ["CALSCALE", "METHOD"])

    static let zone = StrictTable(once: ["TZID"], atMostOnce: ["LAST-MODIFIED", "TZURL"])

    static let observance = StrictTable(
        once: ["DTSTART", "TZOFFSETFROM", "TZOFFSETTO"], atMostOnce: ["RRULE"], any: ["RDATE", "TZNAME", "COMMENT"])

    private static let details: Set<String> = [
        "CLASS", "CREATED", "DESCRIPTION", "DTEND", "DURATION", "GEO", "LAST-MODIFIED", "LOCATION", "PRIORITY",
        "RECURRENCE-ID", "RRULE", "STATUS", "TRANSP", "URL", "COLOR",
    ]
    private static let repeated: Set<String> = [
        "ATTACH", "CATEGORIES", "COMMENT", "CONTACT", "EXDATE", "RDATE", "RELATED-TO", "RESOURCES", "IMAGE",
        "CONFERENCE", "STYLED-DESCRIPTION",
    ]

    /// RFC 5546 section 3.2.1.
    static let publish = StrictTable(
        once: ["UID", "DTSTAMP", "DTSTART", "ORGANIZER", "SUMMARY"], atMostOnce: details.union(["SEQUENCE"]),
        never: ["ATTENDEE", "REQUEST-STATUS"], any: repeated)

    /// RFC 5546 section 3.2.2.
    static let request = StrictTable(
        once: ["UID", "DTSTAMP", "DTSTART", "ORGANIZER", "SUMMARY"], atMostOnce: details.union(["SEQUENCE"]),
        atLeastOnce: ["ATTENDEE"], never: ["REQUEST-STATUS"], any: repeated)

    /// RFC 5546 section 3.2.3.
    static let reply = StrictTable(
        once: ["UID", "DTSTAMP", "ORGANIZER", "ATTENDEE"],
        atMostOnce: details.union(["SEQUENCE", "DTSTART", "SUMMARY"]), any: repeated.union(["REQUEST-STATUS"]))

    /// RFC 5546 section 3.2.5.
    static let cancel = StrictTable(
        once: ["UID", "DTSTAMP", "ORGANIZER", "SEQUENCE"], atMostOnce: details.union(["DTSTART", "SUMMARY"]),
        never: ["REQUEST-STATUS"], any: repeated.union(["ATTENDEE"]))
}
