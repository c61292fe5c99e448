import ICalendar
import InviteService
import JSON

/// The fields of `POST /event` and `PATCH /event/{uid}`.
struct EventFieldsDocument {
    var fields: EventFields
    /// What the caller calls a new event.
    var uid: String?
    var organizer: String?

    private static let texts = [
        "summary": "SUMMARY", "description": "DESCRIPTION", "location": "LOCATION", "url": "URL",
    ]
    private static let forNewEvents = ["uid", "organizer"]
    private static let others = ["dtstart", "dtend", "tzid", "rrule", "status", "updates"]
    private static let singleLine: Set<String> = ["url", "rrule", "tzid", "uid", "organizer", "status", "updates"]
    /// Characters of a text.
    private static let textLimit = 100_000

    init(_ object: JSONObject, isNew: Bool) throws(APIError) {
        fields = EventFields()
        let known = Self.texts.keys.sorted() + Self.others + (isNew ? Self.forNewEvents : [])
        for member in object where !known.contains(member.name) {
            throw .badRequest("\"\(member.name)\" is no field here. Known are: \(known.joined(separator: ", ")).")
        }
        for (name, property) in Self.texts.sorted(by: { $0.key < $1.key }) {
            if let text = try Self.text(object, name) { fields.texts[property] = text }
        }
        uid = try Self.text(object, "uid")
        organizer = try Self.text(object, "organizer")
        if let uid, uid.isEmpty || uid.utf8.count > 255 {
            throw .badRequest("\"uid\" must have 1 to 255 characters.")
        }
        let zone = try Self.text(object, "tzid")
        fields.start = try Self.date(object, "dtstart", zone: zone)
        fields.end = try Self.date(object, "dtend", zone: zone)
        if isNew, fields.start == nil { throw .badRequest("\"dtstart\" is missing. \(Self.dateForms)") }
        fields.rule = try Self.text(object, "rrule")
        if let status = try Self.text(object, "status") {
            guard ["confirmed", "tentative"].contains(status) else {
                throw .badRequest("\"status\" must be confirmed or tentative; DELETE cancels.")
            }
            fields.isTentative = status == "tentative"
        }
        if let updates = try Self.text(object, "updates") {
            guard let audience = UpdateAudience(rawValue: updates) else {
                throw .badRequest("\"updates\" must be everyone or not_declined.")
            }
            fields.updates = audience
        }
    }

    /// null stands for an empty text.
    private static func text(_ object: JSONObject, _ name: String) throws(APIError) -> String? {
        guard let value = object[name] else { return nil }
        if value.isNull { return "" }
        guard let text = value.string else { throw .badRequest("\"\(name)\" must be a text.") }
        // Written into the calendar object as they are.
        guard !singleLine.contains(name) || text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw .badRequest("\"\(name)\" must be one line without control characters.")
        }
        guard text.count <= textLimit else {
            throw .badRequest("\"\(name)\" is longer than \(textLimit) characters.")
        }
        return text
    }

    private static let dateForms =
        "Write 2027-01-10 for a whole day, 2027-01-10T15:00 with \"tzid\", 2027-01-10T15:00Z, or epoch seconds."

    /// Epoch seconds: up to the end of the year 9999, the last that iCalendar can write.
    static let times = 0...253_402_300_799

    private static func date(_ object: JSONObject, _ name: String, zone: String?) throws(APIError) -> DateValue? {
        guard let value = object[name] else { return nil }
        if let seconds = value.int {
            guard times.contains(seconds) else {
                throw .badRequest("\"\(name)\" must be from \(times.lowerBound) to \(times.upperBound) epoch seconds.")
            }
            return .utc(epochSeconds: Int64(seconds))
        }
        guard let text = value.string, let date = DateValue(basicForm(of: text), tzid: zone) else {
            throw .badRequest("\"\(name)\" is no date or time. \(dateForms)")
        }
        if case .floating = date {
            throw .badRequest("\"\(name)\" does not say in which zone. \(dateForms)")
        }
        return date
    }

    /// `2027-01-10T15:00` as iCalendar writes it, `20270110T150000`.
    private static func basicForm(of text: String) -> String {
        var basic = text.filter { $0 != "-" && $0 != ":" }
        if let t = basic.firstIndex(of: "T"), basic[t...].prefix(while: { $0 != "Z" }).count == 5 {
            basic.insert(contentsOf: "00", at: basic.index(t, offsetBy: 5))
        }
        return basic
    }
}
