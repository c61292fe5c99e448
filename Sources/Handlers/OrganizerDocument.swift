import InviteService
import JSON
import LambdaEvents
import MailMessage

/// An organizer as the API shows it: `{organizer, suspended, bulk, limits{invites_per_event, events}, last_modified}`.
enum OrganizerDocument {
    private static let names: Set<String> = ["suspended", "bulk", "limits"]
    private static let limitNames: Set<String> = ["invites_per_event", "events"]
    private static let example = "{\"suspended\":true}"

    /// With the address of the organizer's public page.
    static func of(_ organizer: Organizer, page: String) -> JSON {
        guard var members = of(organizer).object else { return .null }
        members["calendar_url"] = .string(page)
        return .object(members)
    }

    static func of(_ organizer: Organizer) -> JSON {
        func limit(_ limit: Int?) -> JSON { limit.map { .int($0) } ?? .null }
        return [
            "organizer": .string(organizer.address.normalized), "suspended": .bool(organizer.isSuspended),
            "bulk": .bool(organizer.mayBulk),
            "limits": [
                "invites_per_event": limit(organizer.inviteLimit), "events": limit(organizer.eventLimit),
            ],
            "last_modified": organizer.lastModified.map { .int($0) } ?? .null,
        ]
    }

    /// What the body of a request asks for.
    static func change(in request: HTTPAPIRequest) throws(APIError) -> OrganizerChange {
        let body = try request.jsonObject(example: example)
        if body.isEmpty { throw .badRequest("Nothing is to be changed: send a JSON object such as \(example).") }
        try body.refuseOthers(than: names)
        var change = OrganizerChange()
        change.isSuspended = try flag("suspended", in: body)
        change.mayBulk = try flag("bulk", in: body)
        if let value = body["limits"] {
            guard let limits = value.object else {
                throw .badRequest("\"limits\" must be an object such as {\"invites_per_event\":2500}.")
            }
            try limits.refuseOthers(than: limitNames, "limits.")
            change.inviteLimit = try limit("invites_per_event", in: limits)
            change.eventLimit = try limit("events", in: limits)
        }
        return change
    }

    private static func flag(_ name: String, in object: JSONObject) throws(APIError) -> Bool? {
        guard let value = object[name] else { return nil }
        guard let flag = value.bool else { throw .badRequest("\"\(name)\" must be true or false.") }
        return flag
    }

    private static func limit(_ name: String, in object: JSONObject) throws(APIError) -> OrganizerChange.Limit? {
        guard let value = object[name] else { return nil }
        if value.isNull { return .standard }
        guard let limit = value.int, (0...1_000_000_000).contains(limit) else {
            throw .badRequest("\"limits.\(name)\" must be a whole number, or null for the standard limit.")
        }
        return .atMost(limit)
    }
}
