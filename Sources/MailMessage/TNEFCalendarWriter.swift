/// Writes the few properties a translated meeting has, folded at 75 octets (RFC 5545 section 3.1).
struct TNEFCalendarWriter {
    private(set) var bytes: [UInt8] = []

    mutating func line(_ content: String) {
        var column = 0
        let octets = Array(content.utf8)
        for (index, byte) in octets.enumerated() {
            // A character of several octets moves to the next line as a whole.
            var width = 1
            if byte >= 0xC0 {
                width += octets[(index + 1)...].prefix(3).prefix { $0 & 0xC0 == 0x80 }.count
            }
            if column + width > 75, byte & 0xC0 != 0x80 {
                bytes.append(contentsOf: "\r\n ".utf8)
                column = 1
            }
            bytes.append(byte)
            column += 1
        }
        bytes.append(contentsOf: "\r\n".utf8)
    }

    mutating func line(_ name: String, text: String) {
        var escaped: [UInt8] = []
        for byte in LineEnds.unified(text).utf8 {
            switch byte {
            case UInt8(ascii: "\\"), UInt8(ascii: ";"), UInt8(ascii: ","):
                escaped.append(contentsOf: [UInt8(ascii: "\\"), byte])
            case 0x0A:
                escaped.append(contentsOf: "\\n".utf8)
            default:
                if !byte.isControl || byte == 0x09 { escaped.append(byte) }
            }
        }
        line(name + String(decoding: escaped, as: UTF8.self))
    }

    mutating func person(_ property: String, _ mailbox: Mailbox) {
        var name = ""
        if let shown = mailbox.name {
            let visible = HeaderText.sanitized(shown).filter { $0 != UInt8(ascii: "\"") }
            name = ";CN=\"" + String(decoding: visible, as: UTF8.self) + "\""
        }
        line("\(property)\(name):mailto:\(mailbox.address)")
    }

    mutating func zone(_ zone: MAPITimeZone) {
        line("BEGIN:VTIMEZONE")
        line("TZID:", text: zone.name)
        observance("STANDARD", zone.toStandard, from: zone.daylightOffset, to: zone.standardOffset)
        if zone.toDaylight != nil {
            observance("DAYLIGHT", zone.toDaylight, from: zone.standardOffset, to: zone.daylightOffset)
        }
        line("END:VTIMEZONE")
    }

    private mutating func observance(_ kind: String, _ transition: MAPITimeZone.Transition?, from: Int, to: Int) {
        line("BEGIN:\(kind)")
        if let transition {
            let weekday = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"][transition.weekday]
            let week = transition.week == 5 ? -1 : transition.week
            line("DTSTART:\(Self.dateTime(MAPITimeZone.moment(transition, 1601)))")
            line("RRULE:FREQ=YEARLY;BYMONTH=\(transition.month);BYDAY=\(week)\(weekday)")
            line("TZOFFSETFROM:\(Self.offset(from))")
        } else {
            line("DTSTART:16010101T000000")
            line("TZOFFSETFROM:\(Self.offset(to))")
        }
        line("TZOFFSETTO:\(Self.offset(to))")
        line("END:\(kind)")
    }

    /// `yyyymmdd` of a day since 1970.
    static func date(_ day: Int) -> String {
        let date = CivilDate.date(daysSince1970: day)
        return padded(date.year, 4) + padded(date.month, 2) + padded(date.day, 2)
    }

    /// `yyyymmddThhmmss` of seconds since 1970.
    static func dateTime(_ seconds: Int) -> String {
        let day = MAPITimeZone.floorDivide(seconds, 86400)
        let time = seconds - day * 86400
        return date(day) + "T" + padded(time / 3600, 2) + padded(time / 60 % 60, 2) + padded(time % 60, 2)
    }

    private static func offset(_ seconds: Int) -> String {
        (seconds < 0 ? "-" : "+") + padded(abs(seconds) / 3600, 2) + padded(abs(seconds) / 60 % 60, 2)
    }

    private static func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(max(0, value))
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
