/// A meeting message of Outlook, read from its MAPI properties (MS-OXOCAL) for translation to iCalendar (MS-OXCICAL).
struct TNEFMeeting {
    enum Kind {
        case request
        case cancellation
        /// With the PARTSTAT it stands for.
        case response(String)
    }

    var kind: Kind
    var uid: String
    /// Seconds since 1970; for an instance of a series, when it would have started.
    var recurrenceID: Int?
    var summary: String?
    var location: String?
    var start: Int
    var end: Int
    var isAllDay: Bool
    var sequence: Int
    /// When its sender made it, seconds since 1970.
    var stamp: Int?
    var zone: MAPITimeZone?
    var recurrence: MAPIRecurrence?

    /// Nil when the message is about something else, or when following it would be guessing: without a start, or with a
    /// recurrence that cannot be read.
    init?(_ message: TNEF) {
        guard let kind = Self.kind(message.messageClass) else { return nil }
        self.kind = kind
        let properties = message.properties
        func time(_ number: UInt32) -> Int? { properties.time(MAPIProperties.appointment, number) }
        guard let start = time(0x820D) ?? properties.time(0x0060),
            let identifier = properties.octets(MAPIProperties.meeting, 0x0003)
                ?? properties.octets(MAPIProperties.meeting, 0x0023),
            let uid = Self.uid(Array(identifier))
        else { return nil }
        self.start = start
        end = max(start, time(0x820E) ?? properties.time(0x0061) ?? start)
        self.uid = uid
        summary = properties.text(0x0037) ?? message.subject ?? properties.text(0x0070)
        location =
            properties.text(MAPIProperties.appointment, 0x8208) ?? properties.text(MAPIProperties.meeting, 0x0002)
        isAllDay = properties.number(MAPIProperties.appointment, 0x8215).map { $0 & 0xFFFF != 0 } ?? false
        sequence = max(0, properties.number(MAPIProperties.appointment, 0x8201) ?? 0)
        if case .response = kind {
            stamp = properties.time(MAPIProperties.meeting, 0x0001)
        } else {
            stamp = properties.time(MAPIProperties.meeting, 0x001A)
        }
        zone = MAPITimeZone(properties)
        if let day = Self.instanceDay(Array(identifier)) {
            // Without the original start, the instance keeps the time of day it has now.
            recurrenceID = time(0x8228) ?? day * 86400 + ((start % 86400) + 86400) % 86400
        } else if let pattern = properties.octets(MAPIProperties.appointment, 0x8216), !pattern.isEmpty {
            guard let recurrence = MAPIRecurrence(pattern) else { return nil }
            self.recurrence = recurrence
        }
    }

    private static func kind(_ messageClass: String) -> Kind? {
        switch messageClass.asciiLowercased {
        case "ipm.microsoft schedule.mtgreq", "ipm.schedule.meeting.request": .request
        case "ipm.microsoft schedule.mtgcncl", "ipm.schedule.meeting.canceled": .cancellation
        case "ipm.microsoft schedule.mtgrespp", "ipm.schedule.meeting.resp.pos": .response("ACCEPTED")
        case "ipm.microsoft schedule.mtgrespn", "ipm.schedule.meeting.resp.neg": .response("DECLINED")
        case "ipm.microsoft schedule.mtgrespa", "ipm.schedule.meeting.resp.tent": .response("TENTATIVE")
        default: nil
        }
    }

    /// The UID inside a global object identifier (MS-OXCICAL section 2.1.3.1.1.20.26): one that came from iCalendar is
    /// kept in it as text, Outlook's own is the identifier in hexadecimal without the date of the instance.
    private static func uid(_ identifier: [UInt8]) -> String? {
        guard identifier.count >= 40 else { return nil }
        let data = identifier[40...]
        if data.starts(with: "vCal-Uid".utf8), data.count > 12 {
            let text = Charset.lenient(data.dropFirst(12).prefix { $0 != 0 })
            if !text.isEmpty { return text }
        }
        var clean = identifier
        for index in 16..<20 { clean[index] = 0 }
        return String(
            decoding: clean.flatMap { [UInt8.hexDigit($0 >> 4), UInt8.hexDigit($0)] }, as: UTF8.self)
    }

    private static func instanceDay(_ identifier: [UInt8]) -> Int? {
        let year = Int(identifier[16]) << 8 | Int(identifier[17])
        let (month, day) = (Int(identifier[18]), Int(identifier[19]))
        guard year > 0, (1...12).contains(month), (1...31).contains(day) else { return nil }
        return CivilDate.daysSince1970(year: year, month: month, day: day)
    }
}
