extension TNEFMeeting {
    /// The people and texts that the mail around the meeting knows better than its properties.
    struct Envelope {
        var from: Mailbox?
        var recipients: [Mailbox]
        var description: String?
        /// Seconds since 1970.
        var date: Int?
    }

    var method: String {
        switch kind {
        case .request: "REQUEST"
        case .cancellation: "CANCEL"
        case .response: "REPLY"
        }
    }

    /// The meeting as an iCalendar object (RFC 5545, RFC 5546).
    func calendar(_ envelope: Envelope) -> [UInt8] {
        var writer = TNEFCalendarWriter()
        writer.line("BEGIN:VCALENDAR")
        writer.line("PRODID:-//Calendar Invite Server//TNEF//EN")
        writer.line("VERSION:2.0")
        writer.line("METHOD:\(method)")
        let usesZone = zone != nil && !isAllDay
        if let zone, usesZone { writer.zone(zone) }
        event(&writer, envelope, usesZone: usesZone, exception: nil)
        for exception in recurrence?.exceptions ?? [] {
            event(&writer, envelope, usesZone: usesZone, exception: exception)
        }
        writer.line("END:VCALENDAR")
        return writer.bytes
    }

    private func event(
        _ writer: inout TNEFCalendarWriter, _ envelope: Envelope, usesZone: Bool, exception: MAPIRecurrence.Exception?
    ) {
        let zone = usesZone ? zone : nil
        func moment(_ name: String, _ seconds: Int) -> String {
            if isAllDay { return "\(name);VALUE=DATE:\(TNEFCalendarWriter.date(self.day(seconds)))" }
            guard let zone else { return "\(name):\(TNEFCalendarWriter.dateTime(seconds))Z" }
            return "\(name);TZID=\"\(zone.name)\":\(TNEFCalendarWriter.dateTime(zone.local(seconds)))"
        }
        func utc(_ local: Int) -> Int { self.zone?.utc(local) ?? local }

        writer.line("BEGIN:VEVENT")
        writer.line("UID:", text: uid)
        let stamp = stamp ?? envelope.date ?? start
        writer.line("DTSTAMP:\(TNEFCalendarWriter.dateTime(stamp))Z")
        writer.line("SEQUENCE:\(sequence)")
        writer.line(moment("DTSTART", exception.map { utc($0.start) } ?? start))
        writer.line(moment("DTEND", exception.map { utc($0.end) } ?? end))
        if let exception {
            writer.line(moment("RECURRENCE-ID", utc(exception.original)))
        } else if let recurrenceID {
            writer.line(moment("RECURRENCE-ID", recurrenceID))
        } else if let recurrence {
            writer.line("RRULE:\(recurrence.rule)\(ending(recurrence, utc))")
            for day in recurrence.deletedDays {
                writer.line(moment("EXDATE", utc(day * 86400 + recurrence.startOfDay)))
            }
        }
        if let summary { writer.line("SUMMARY:", text: summary) }
        if let location, !location.isEmpty { writer.line("LOCATION:", text: location) }
        people(&writer, envelope)
        writer.line("END:VEVENT")
    }

    private func people(_ writer: inout TNEFCalendarWriter, _ envelope: Envelope) {
        switch kind {
        case .request, .cancellation:
            if case .cancellation = kind { writer.line("STATUS:CANCELLED") }
            if case .request = kind, let description = envelope.description, !description.isEmpty {
                writer.line("DESCRIPTION:", text: description)
            }
            if let from = envelope.from { writer.person("ORGANIZER", from) }
            for recipient in envelope.recipients where recipient.address != envelope.from?.address {
                writer.person("ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE", recipient)
            }
        case .response(let status):
            if let organizer = envelope.recipients.first { writer.person("ORGANIZER", organizer) }
            if let from = envelope.from { writer.person("ATTENDEE;PARTSTAT=\(status)", from) }
        }
    }

    private func ending(_ recurrence: MAPIRecurrence, _ utc: (Int) -> Int) -> String {
        if let count = recurrence.count { return ";COUNT=\(count)" }
        guard let lastDay = recurrence.lastDay else { return "" }
        if isAllDay { return ";UNTIL=\(TNEFCalendarWriter.date(lastDay))" }
        return ";UNTIL=\(TNEFCalendarWriter.dateTime(utc(lastDay * 86400 + recurrence.startOfDay)))Z"
    }

    /// The day that an all-day event's midnight starts. Without a zone it is the nearest one, which is right for every
    /// zone within twelve hours of Greenwich.
    private func day(_ seconds: Int) -> Int {
        MAPITimeZone.floorDivide(zone.map { $0.local(seconds) } ?? (seconds + 43200), 86400)
    }
}
