/// Says what the TZIDs of one calendar mean.
///
/// A name that is known is trusted more than the VTIMEZONE that comes with it: many are wrong, or hold for one year only.
/// So: IANA name, Windows name, X-LIC-LOCATION, the tail of the TZID, a display name, and only then the VTIMEZONE.
package struct ZoneResolver: Sendable {
    /// By TZID, of the zones that came with the calendar.
    private var embedded: [String: TimeZoneRules] = [:]

    /// - Parameter calendar: a VCALENDAR; its VTIMEZONE components are used.
    package init(calendar: Component) {
        for zone in calendar.components where zone.name == "VTIMEZONE" {
            guard let tzid = zone.first("TZID").map({ ZoneName.normal($0.text) }), embedded[tzid] == nil else {
                continue
            }
            if ZoneName.isLooseAbbreviation(tzid), let rules = EmbeddedZone.rules(zone) {
                embedded[tzid] = rules
                continue
            }
            embedded[tzid] =
                TimeZoneRules.named(tzid)
                ?? zone.first("X-LIC-LOCATION").flatMap { TimeZoneRules.named(trimmed($0.text)) }
                ?? ZoneName.rules(for: tzid) ?? EmbeddedZone.rules(zone)
        }
    }

    /// A TZID without what clients put around it.
    package static func name(_ tzid: String) -> String { ZoneName.normal(tzid) }

    /// `nil` if nobody can know.
    package func zone(for tzid: String) -> TimeZoneRules? {
        let tzid = ZoneName.normal(tzid)
        return embedded[tzid] ?? ZoneName.rules(for: tzid)
    }

    /// The instant a value means, in seconds since 1970-01-01T00:00:00Z; for a date, the midnight it begins with.
    ///
    /// - Parameter floatingIn: where dates and floating times are.
    /// - Returns: `nil` if the zone is not known.
    package func epochSeconds(_ value: DateValue, floatingIn: TimeZoneRules = .utc) -> Int64? {
        let clock = value.civilSeconds
        switch value {
        case .utc: return Int64(clock)
        case .date, .floating: return Int64(floatingIn.utc(fromClock: clock))
        case .zoned(_, _, let tzid): return zone(for: tzid).map { Int64($0.utc(fromClock: clock)) }
        }
    }
}
