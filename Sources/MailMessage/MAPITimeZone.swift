/// A time zone as Outlook sends it along: a name and one rule for each half of the year.
struct MAPITimeZone: Sendable, Equatable {
    /// A change of the clocks: the nth weekday of a month, or none when the zone keeps one time.
    struct Transition: Sendable, Equatable {
        var month: Int
        /// 0 is Sunday.
        var weekday: Int
        /// 1 to 4, or 5 for the last.
        var week: Int
        /// Seconds after midnight by the clock before the change.
        var time: Int
    }

    var name: String
    /// Seconds east of Greenwich.
    var standardOffset: Int
    var daylightOffset: Int
    var toStandard: Transition?
    var toDaylight: Transition?

    /// The zone of an appointment: its definition (MS-OXOCAL section 2.2.1.41) or else its older structure (2.2.1.39).
    init?(_ properties: MAPIProperties) {
        for number: UInt32 in [0x825E, 0x8260] {
            if let octets = properties.octets(MAPIProperties.appointment, number), let zone = Self(definition: octets) {
                self = zone
                return
            }
        }
        guard let octets = properties.octets(MAPIProperties.appointment, 0x8233) else { return nil }
        var reader = LittleEndianReader(octets)
        let name = properties.text(MAPIProperties.appointment, 0x8234) ?? ""
        guard let bias = reader.int32(), let standard = reader.int32(), let daylight = reader.int32(),
            reader.uint16() != nil, let toStandard = reader.octets(16), reader.uint16() != nil,
            let toDaylight = reader.octets(16)
        else { return nil }
        self.init(name, bias, standard, daylight, toStandard, toDaylight)
    }

    private init?(definition octets: ArraySlice<UInt8>) {
        var reader = LittleEndianReader(octets)
        guard reader.uint16() != nil, reader.uint16() != nil, reader.uint16() != nil,
            let length = reader.uint16(), let name = reader.octets(Int(length) * 2), let count = reader.uint16()
        else { return nil }
        for _ in 0..<count {
            // Version, size and year come before the rule itself.
            guard reader.octets(4) != nil, let flags = reader.uint16(), reader.octets(16) != nil,
                let bias = reader.int32(), let standard = reader.int32(), let daylight = reader.int32(),
                let toStandard = reader.octets(16), let toDaylight = reader.octets(16)
            else { return nil }
            // The rule in force among those of other years.
            guard flags & 2 != 0 || count == 1 else { continue }
            self.init(Charset.decode(name, name: "utf-16le"), bias, standard, daylight, toStandard, toDaylight)
            return
        }
        return nil
    }

    private init?(
        _ name: String, _ bias: Int, _ standard: Int, _ daylight: Int, _ toStandard: ArraySlice<UInt8>,
        _ toDaylight: ArraySlice<UInt8>
    ) {
        // Minutes west of Greenwich; a day at most, or it is no zone.
        let (west, westInSummer) = (bias + standard, bias + daylight)
        guard abs(west) <= 1440, abs(westInSummer) <= 1440 else { return nil }
        let visible = HeaderText.sanitized(name).filter { $0 != UInt8(ascii: "\"") }
        self.name = visible.isEmpty ? "Organizer" : String(decoding: visible, as: UTF8.self)
        standardOffset = -west * 60
        daylightOffset = -westInSummer * 60
        self.toStandard = Self.transition(toStandard)
        self.toDaylight = Self.transition(toDaylight)
        if self.toStandard == nil || self.toDaylight == nil { (self.toStandard, self.toDaylight) = (nil, nil) }
    }

    private static func transition(_ octets: ArraySlice<UInt8>) -> Transition? {
        var reader = LittleEndianReader(octets)
        guard reader.uint16() != nil, let month = reader.uint16(), let weekday = reader.uint16(),
            let week = reader.uint16(), let hour = reader.uint16(), let minute = reader.uint16(),
            (1...12).contains(month), weekday < 7, (1...5).contains(week), hour < 24, minute < 60
        else { return nil }
        return Transition(
            month: Int(month), weekday: Int(weekday), week: Int(week), time: Int(hour) * 3600 + Int(minute) * 60)
    }

    /// The local time, in seconds since 1970-01-01T00:00:00 by the local clock.
    func local(_ seconds: Int) -> Int {
        guard let toStandard, let toDaylight else { return seconds + standardOffset }
        let local = seconds + standardOffset
        let year = CivilDate.date(daysSince1970: Self.floorDivide(local, 86400)).year
        let spring = Self.moment(toDaylight, year) - standardOffset
        let autumn = Self.moment(toStandard, year) - daylightOffset
        let isDaylight =
            spring < autumn ? seconds >= spring && seconds < autumn : seconds >= spring || seconds < autumn
        return seconds + (isDaylight ? daylightOffset : standardOffset)
    }

    /// The UTC time of a local one; an hour that comes twice is taken the first time.
    func utc(_ local: Int) -> Int {
        let summer = local - daylightOffset
        return self.local(summer) == local ? summer : local - standardOffset
    }

    /// When the clocks change in a year, by the clock before the change.
    static func moment(_ transition: Transition, _ year: Int) -> Int {
        let first = CivilDate.daysSince1970(year: year, month: transition.month, day: 1)
        // 1970-01-01 was a Thursday, weekday 4.
        let weekday = (((first + 4) % 7) + 7) % 7
        var day = 1 + (transition.weekday - weekday + 7) % 7 + (transition.week - 1) * 7
        while day > CivilDate.days(inMonth: transition.month, year: year) { day -= 7 }
        return (first + day - 1) * 86400 + transition.time
    }

    static func floorDivide(_ value: Int, _ divisor: Int) -> Int {
        value >= 0 ? value / divisor : -((divisor - 1 - value) / divisor)
    }
}
