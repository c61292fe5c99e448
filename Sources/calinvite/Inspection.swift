import ICalendar
import JSON
import MailMessage

/// How the server understands a mail or calendar file, as `calinvite inspect --json` prints it.
struct Inspection {
    private let file: String
    private let calendars: [Component]
    private let problems: [Problem]
    private let mailProblems: [MailProblem]
    private let error: String?

    init(file: String, bytes: [UInt8]) {
        self.file = file
        if Inspection.isCalendar(file: file, bytes: bytes) {
            let parsed = ICalendar.parse(bytes)
            calendars = parsed.calendars
            problems = parsed.problems
            mailProblems = []
            error = parsed.calendars.isEmpty ? "no VCALENDAR in it" : nil
            return
        }
        let mail = MailParser.parse(bytes)
        mailProblems = mail.problems
        guard let part = mail.calendarParts().first else {
            (calendars, problems, error) = ([], [], "no calendar part in it")
            return
        }
        let parsed = ICalendar.parse(part.utf8)
        calendars = parsed.calendars
        problems = parsed.problems
        error = parsed.calendars.isEmpty ? "its calendar part holds no VCALENDAR" : nil
    }

    init(file: String, unreadable reason: String) {
        (self.file, calendars, problems, mailProblems, error) = (file, [], [], [], reason)
    }

    private static func isCalendar(file: String, bytes: [UInt8]) -> Bool {
        if file.lowercased().hasSuffix(".ics") { return true }
        if file.lowercased().hasSuffix(".eml") { return false }
        let start = bytes.prefix(64).drop { $0 <= 0x20 || $0 >= 0x80 }
        return String(decoding: start, as: UTF8.self).uppercased().hasPrefix("BEGIN:VCALENDAR")
    }

    var json: JSON {
        var object: JSONObject = ["file": .string(file)]
        if let error {
            object["error"] = .string(error)
            object["problems"] = problemList
            return .object(object)
        }
        object["method"] = Inspection.text(
            calendars.lazy.compactMap { $0.first("METHOD")?.value.uppercased() }.first)
        object["events"] = .array(calendars.flatMap { EventSummary.all(in: $0) }.map(Inspection.event))
        object["problems"] = problemList
        return .object(object)
    }

    private var problemList: JSON {
        let calendar: [JSON] = problems.map {
            ["line": .int($0.line), "code": .string($0.code.rawValue), "message": .string($0.message)]
        }
        let mail: [JSON] = mailProblems.map {
            ["line": .null, "code": "mail", "message": .string(String(describing: $0))]
        }
        return .array(mail + calendar)
    }

    private static func text(_ value: String?) -> JSON { value.map { .string($0) } ?? .null }

    private static func event(_ event: EventSummary) -> JSON {
        [
            "type": .string(event.type), "uid": text(event.uid), "recurrence_id": text(event.recurrenceID),
            "recurrence_tzid": text(event.recurrenceTZID), "sequence": event.sequence.map { .int($0) } ?? .null,
            "dtstamp": text(event.dtstamp), "dtstart": text(event.dtstart), "tzid": text(event.tzid),
            "all_day": .bool(event.allDay), "dtend": text(event.dtend), "duration": text(event.duration),
            "rrule": text(event.rrule), "exdates": .int(event.exdates), "status": text(event.status),
            "summary": text(event.summary), "location": text(event.location), "organizer": text(event.organizer),
            "attendees": .array(event.attendees.map(attendee)),
        ]
    }

    private static func attendee(_ attendee: EventSummary.Attendee) -> JSON {
        [
            "email": .string(attendee.email), "partstat": .string(attendee.partstat), "role": text(attendee.role),
            "rsvp": .bool(attendee.rsvp), "cn": text(attendee.cn),
        ]
    }
}
