/// The value of DTSTART, DTEND, DUE, RECURRENCE-ID, EXDATE and the like (RFC 5545 sections 3.3.4 and 3.3.5).
package enum DateValue: Sendable, Hashable {
    case date(CivilDate)
    case utc(CivilDate, CivilTime)
    /// The same clock time wherever the reader is.
    case floating(CivilDate, CivilTime)
    /// - tzid: as in the calendar; `ZoneResolver` says what it means.
    case zoned(CivilDate, CivilTime, tzid: String)

    /// The first value of a property; `nil` if it is no date.
    package init?(_ property: Property) {
        self.init(property.value, tzid: property.parameter("TZID"), isDate: Self.isDate(property))
    }

    /// All values of EXDATE, RDATE and the like; what is no date is left out. Of a PERIOD only the start is read.
    package static func list(_ property: Property) -> [DateValue] {
        let (tzid, isDate) = (property.parameter("TZID"), isDate(property))
        return property.value.split(separator: ",").compactMap { part in
            DateValue(String(part.prefix { $0 != "/" }), tzid: tzid, isDate: isDate)
        }
    }

    /// - Parameters:
    ///   - text: the value alone, such as `20260131T120000Z`.
    ///   - tzid: the TZID parameter; without meaning for dates and UTC.
    ///   - isDate: VALUE=DATE was given; a time of day is then dropped.
    package init?(_ text: String, tzid: String? = nil, isDate: Bool = false) {
        guard let parsed = DateText(text) else { return nil }
        guard let time = parsed.time, !isDate else {
            self = .date(parsed.date)
            return
        }
        if parsed.isUTC {
            self = .utc(parsed.date, time)
        } else if let tzid, !tzid.isEmpty {
            self = .zoned(parsed.date, time, tzid: tzid)
        } else {
            self = .floating(parsed.date, time)
        }
    }

    private static func isDate(_ property: Property) -> Bool {
        property.parameter("VALUE")?.equalsIgnoringASCIICase("DATE") ?? false
    }

    package var date: CivilDate {
        switch self {
        case .date(let date), .utc(let date, _), .floating(let date, _), .zoned(let date, _, _): date
        }
    }

    /// `nil` for a date.
    package var time: CivilTime? {
        switch self {
        case .date: nil
        case .utc(_, let time), .floating(_, let time), .zoned(_, let time, _): time
        }
    }

    package var tzid: String? {
        if case .zoned(_, _, let tzid) = self { tzid } else { nil }
    }

    package var isDate: Bool {
        if case .date = self { true } else { false }
    }

    /// Seconds of the clock since 1970-01-01T00:00, whatever the zone; midnight for a date.
    var civilSeconds: Int { date.daysSinceEpoch * 86_400 + (time?.secondsSinceMidnight ?? 0) }

    /// The same kind of value, later by nominal days and clock seconds; a date only counts the days. Within the years 0
    /// to 9999, whatever is added.
    package func adding(days: Int, seconds: Int = 0) -> DateValue {
        if case .date(let date) = self { return .date(date.adding(days: days)) }
        let (added, overflow) = days.multipliedReportingOverflow(by: 86_400)
        let nominal = overflow ? (days < 0 ? Int.min : .max) : added
        return at(civilSeconds: civilSeconds.addingSaturated(nominal).addingSaturated(seconds))
    }

    /// The same kind of value, in the same zone, at another clock time: the first or last second of the years 0 to 9999
    /// when it lies outside them.
    func at(civilSeconds: Int) -> DateValue {
        let civilSeconds = min(max(civilSeconds, -62_167_219_200), 253_402_300_799)
        let days = civilSeconds.flooredQuotient(86_400)
        let date = CivilDate(daysSinceEpoch: days)
        let time = CivilTime(secondsSinceMidnight: civilSeconds - days * 86_400)
        return switch self {
        case .date: .date(date)
        case .utc: .utc(date, time)
        case .floating: .floating(date, time)
        case .zoned(_, _, let tzid): .zoned(date, time, tzid: tzid)
        }
    }

    /// The value as written in a content line, without the zone: `20260131`, `20260131T120000` or `20260131T120000Z`.
    package var text: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(16)
        func append(_ number: Int, _ digits: Int) {
            var divisor = digits == 4 ? 1000 : 10
            while divisor > 0 {
                bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: abs(number) / divisor % 10))
                divisor /= 10
            }
        }
        append(date.year, 4)
        append(date.month, 2)
        append(date.day, 2)
        if let time {
            bytes.append(UInt8(ascii: "T"))
            append(time.hour, 2)
            append(time.minute, 2)
            append(time.second, 2)
        }
        if case .utc = self { bytes.append(UInt8(ascii: "Z")) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The value as a property, with VALUE=DATE or TZID as needed.
    package func property(_ name: String) -> Property {
        switch self {
        case .date: Property(name, text, parameters: [ContentParameter("VALUE", "DATE")])
        case .zoned(_, _, let tzid): Property(name, text, parameters: [ContentParameter("TZID", tzid)])
        case .utc, .floating: Property(name, text)
        }
    }

    /// - Parameter seconds: since 1970-01-01T00:00:00Z; the first or last second of the years 0 to 9999 for others.
    package static func utc(epochSeconds seconds: Int64) -> DateValue {
        DateValue.utc(CivilDate(daysSinceEpoch: 0), .midnight).at(civilSeconds: Int(seconds))
    }
}

extension Int {
    /// The sum, or the nearest number there is.
    func addingSaturated(_ other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other < 0 ? .min : .max) : sum
    }

    /// Division that rounds down, also below zero.
    func flooredQuotient(_ divisor: Int) -> Int {
        let quotient = self / divisor
        return quotient * divisor > self ? quotient - 1 : quotient
    }
}
