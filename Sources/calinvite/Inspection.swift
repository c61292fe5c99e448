import ICalendar
import JSON
import MailMessage
import Scheduling

/// How the server understands a mail or calendar file, as `calinvite inspect --json` prints it.
struct Inspection {
    private let file: String
    private let contents: CalendarFile?
    private let error: String?

    init(file: String, bytes: [UInt8]) {
        let contents = CalendarFile(name: file, bytes: bytes)
        self.file = file
        self.contents = contents
        error = contents.failure.map(Inspection.reason)
    }

    init(file: String, unreadable reason: String) {
        (self.file, contents, error) = (file, nil, reason)
    }

    private static func reason(_ failure: CalendarFile.Failure) -> String {
        switch failure {
        case .noCalendar: "no VCALENDAR in it"
        case .noCalendarPart: "no calendar part in it"
        case .noCalendarInPart: "its calendar part holds no VCALENDAR"
        }
    }

    var json: JSON {
        var object: JSONObject = ["file": .string(file)]
        if let error {
            object["error"] = .string(error)
            object["problems"] = problemList
            return .object(object)
        }
        object["method"] = Inspection.text(contents?.method)
        object["events"] = .array((contents?.events ?? []).map(Inspection.event))
        object["details"] = .array((contents?.details ?? []).map(Inspection.details))
        object["problems"] = problemList
        return .object(object)
    }

    private var problemList: JSON {
        let calendar: [JSON] = (contents?.problems ?? []).map {
            ["line": .int($0.line), "code": .string($0.code.rawValue), "message": .string($0.message)]
        }
        let mail: [JSON] = (contents?.mailProblems ?? []).map {
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

    /// What the events hold beyond `event`, in the same order.
    private static func details(_ details: EventDetails) -> JSON {
        [
            "start_utc": moment(details.startSeconds), "end_utc": moment(details.endSeconds),
            "this_and_future": .bool(details.coversFuture), "rule": text(details.rule),
            "rdates": texts(details.rdates), "exdates": texts(details.exdates), "sent_by": text(details.sentBy),
            "conferences": .array(
                details.conferences.map { conference in
                    [
                        "uri": .string(conference.uri), "label": text(conference.label),
                        "features": texts(conference.features),
                    ]
                }),
            "attachments": .array(
                details.attachments.map { attachment in
                    [
                        "uri": text(attachment.uri), "inline_size": attachment.inlineSize.map { .int($0) } ?? .null,
                        "type": text(attachment.mediaType), "filename": text(attachment.filename),
                    ]
                }),
            "geo": text(details.position?.text), "categories": texts(details.categories),
            "description": text(details.description), "html_description": text(details.styledDescription),
        ]
    }

    private static func moment(_ seconds: Int64?) -> JSON { text(seconds.map { DateValue.utc(epochSeconds: $0).text }) }

    private static func texts(_ values: [String]) -> JSON { .array(values.map { .string($0) }) }

    private static func attendee(_ attendee: EventSummary.Attendee) -> JSON {
        [
            "email": .string(attendee.email), "partstat": .string(attendee.partstat), "role": text(attendee.role),
            "rsvp": .bool(attendee.rsvp), "cn": text(attendee.cn),
        ]
    }
}
