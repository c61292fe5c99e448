/// The pattern of a series (MS-OXOCAL section 2.2.1.44), in the Gregorian calendar.
struct MAPIRecurrence: Sendable, Equatable {
    /// An instance that was moved.
    struct Exception: Sendable, Equatable {
        /// All in seconds since 1970 by the local clock.
        var original: Int
        var start: Int
        var end: Int
    }

    /// The parts of an RRULE up to its end.
    var rule: String
    var count: Int?
    /// The last day, in days since 1970.
    var lastDay: Int?
    /// The days on which an instance does not take place, or not as planned; days since 1970.
    var deletedDays: [Int]
    var exceptions: [Exception]
    /// Seconds after midnight at which instances start.
    var startOfDay: Int

    private static let weekdays = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"]
    // Minutes from 1601 to 1970.
    private static let epoch = 194_074_560

    /// Nil for patterns of other calendars and for any that is damaged.
    init?(_ octets: ArraySlice<UInt8>) {
        var reader = LittleEndianReader(octets)
        guard reader.uint16() == 0x3004, reader.uint16() != nil, let frequency = reader.uint16(),
            let pattern = reader.uint16(), let calendar = reader.uint16(), calendar <= 1, reader.uint32() != nil,
            let period = reader.count(), period > 0, reader.uint32() != nil
        else { return nil }
        var mask: Int?
        var position: Int?
        switch pattern {
        case 0: break
        case 1: mask = reader.count()
        case 2, 4: position = reader.count()
        case 3:
            mask = reader.count()
            position = reader.count()
        default: return nil
        }
        guard let endType = reader.uint32(), let occurrences = reader.count(), let firstWeekday = reader.count(),
            let deleted = Self.days(&reader), let modified = Self.days(&reader), let firstDay = reader.count(),
            let lastDay = reader.count(), reader.uint32() != nil, reader.uint32() != nil,
            let startOfDay = reader.count(), reader.uint32() != nil, let exceptionCount = reader.uint16()
        else { return nil }
        let month = CivilDate.date(daysSince1970: Self.day(firstDay)).month
        guard let rule = Self.rule(frequency, pattern, period, mask, position, firstWeekday, month) else { return nil }
        self.rule = rule
        switch endType {
        case 0x2021: self.lastDay = Self.day(lastDay)
        case 0x2022: count = occurrences
        case 0x2023, 0xFFFF_FFFF: break
        default: return nil
        }
        self.startOfDay = startOfDay * 60
        deletedDays = deleted
        exceptions = []
        for _ in 0..<min(Int(exceptionCount), modified.count) {
            guard let exception = Self.exception(&reader) else { return nil }
            exceptions.append(exception)
        }
        let moved = Set(exceptions.map { MAPITimeZone.floorDivide($0.original, 86400) })
        deletedDays.removeAll { moved.contains($0) }
    }

    private static func rule(
        _ frequency: UInt16, _ pattern: UInt16, _ period: Int, _ mask: Int?, _ position: Int?, _ firstWeekday: Int,
        _ month: Int
    ) -> String? {
        let days = mask.map { mask in weekdays.indices.filter { mask & 1 << $0 != 0 } } ?? []
        let byDay = days.map { weekdays[$0] }.joined(separator: ",")
        if mask != nil, days.isEmpty { return nil }
        let weekStart = weekdays.indices.contains(firstWeekday) ? ";WKST=\(weekdays[firstWeekday])" : ""
        switch (frequency, pattern) {
        case (0x200A, 0):
            // Days are counted in minutes.
            return period % 1440 == 0 ? "FREQ=DAILY;INTERVAL=\(period / 1440)" : nil
        case (0x200A, 1):
            return "FREQ=WEEKLY;BYDAY=\(byDay)\(weekStart)"
        case (0x200B, 1):
            return "FREQ=WEEKLY;INTERVAL=\(period);BYDAY=\(byDay)\(weekStart)"
        case (0x200C, 2), (0x200C, 3), (0x200C, 4), (0x200D, 2), (0x200D, 3), (0x200D, 4):
            guard let position, let inMonth = dayOfMonth(pattern, position, days, byDay) else { return nil }
            if frequency == 0x200C { return "FREQ=MONTHLY;INTERVAL=\(period);\(inMonth)" }
            return period % 12 == 0 ? "FREQ=YEARLY;INTERVAL=\(period / 12);BYMONTH=\(month);\(inMonth)" : nil
        default:
            return nil
        }
    }

    private static func dayOfMonth(_ pattern: UInt16, _ position: Int, _ days: [Int], _ byDay: String) -> String? {
        if pattern != 3 {
            guard (1...31).contains(position) else { return nil }
            // Outlook moves the 31st to the last day of shorter months.
            return "BYMONTHDAY=\(position == 31 || pattern == 4 ? -1 : position)"
        }
        guard (1...5).contains(position) else { return nil }
        let number = position == 5 ? -1 : position
        return days.count == 1 ? "BYDAY=\(number)\(byDay)" : "BYDAY=\(byDay);BYSETPOS=\(number)"
    }

    private static func exception(_ reader: inout LittleEndianReader) -> Exception? {
        guard let start = reader.count(), let end = reader.count(), let original = reader.count(),
            let flags = reader.uint16()
        else { return nil }
        // Subject and location come with two lengths, the second of which counts.
        for (bit, isText) in [
            (0, true), (1, false), (2, false), (3, false), (4, true), (5, false), (6, false), (7, false), (8, false),
        ] where flags & 1 << UInt16(bit) != 0 {
            if isText {
                guard reader.uint16() != nil, let length = reader.uint16(), reader.octets(Int(length)) != nil
                else { return nil }
            } else if reader.uint32() == nil {
                return nil
            }
        }
        return Exception(original: second(original), start: second(start), end: second(end))
    }

    private static func days(_ reader: inout LittleEndianReader) -> [Int]? {
        // A daily series of a whole life has fewer.
        guard let count = reader.count(), count <= 20_000 else { return nil }
        var days: [Int] = []
        for _ in 0..<count {
            guard let minutes = reader.count() else { return nil }
            days.append(day(minutes))
        }
        return days
    }

    private static func second(_ minutes: Int) -> Int { (minutes - epoch) * 60 }
    private static func day(_ minutes: Int) -> Int { MAPITimeZone.floorDivide(second(minutes), 86400) }
}
