import InviteService
import JSON
import LambdaEvents
import MailMessage

/// What several APIs take in their path, query and body.
extension HTTPAPIRequest {
    var apiKey: String? { headers["x-api-key"] }

    /// Where the HTTP API answers, without a slash at its end.
    ///
    /// - Parameter configured: nil is where this request came to.
    func baseURL(_ configured: String?) -> String { configured ?? "https://\(headers["host"] ?? "")" }

    /// The parts of the path between its slashes.
    var segments: [String] { path.split(separator: "/").map(String.init) }

    /// `?limit=`, the length of a page.
    func limit(default standard: Int = 100, atMost largest: Int) throws(APIError) -> Int {
        guard let text = query["limit"] else { return standard }
        guard let limit = Int(text), (1...largest).contains(limit) else {
            throw .badRequest("\"limit\" must be a whole number from 1 to \(largest).")
        }
        return limit
    }

    /// `?cursor=`, the `next` of an earlier page.
    func cursor<Cursor>(_ make: (String) -> Cursor?) throws(APIError) -> Cursor? {
        guard let text = query["cursor"] else { return nil }
        guard let cursor = make(text) else {
            throw .badRequest("\"cursor\" must be the \"next\" of an earlier page.")
        }
        return cursor
    }

    /// A moment in epoch seconds, as all times of the API are.
    func time(_ name: String) throws(APIError) -> Int64? {
        guard let text = query[name] else { return nil }
        guard let time = Int64(text), EventFieldsDocument.times.contains(Int(time)) else {
            throw .badRequest(
                "\"\(name)\" must be a time in whole seconds since 1970-01-01T00:00:00Z, up to the year 9999.")
        }
        return time
    }

    /// `?filter=`, the view of a list of events.
    func eventView() throws(APIError) -> EventListView {
        guard let text = query["filter"] else { return .all }
        guard let view = EventListView(rawValue: text) else {
            let names = EventListView.allCases.map(\.rawValue).joined(separator: ", ")
            throw .badRequest("\"filter\" must be one of \(names).")
        }
        return view
    }

    /// `?status=` of a list of attendees: those who answered so.
    func answer() throws(APIError) -> Response? {
        guard let text = query["status"] else { return nil }
        guard let answer = Response(rawValue: text) else {
            let names = Response.allCases.map(\.rawValue).joined(separator: ", ")
            throw .badRequest("\"status\" must be one of \(names).")
        }
        return answer
    }

    /// `?status=`, `?from=` and `?to=`: events of a status, and those that start in a span of time.
    func eventFilter() throws(APIError) -> EventFilter {
        var filter = EventFilter(startsFrom: try time("from"), startsBefore: try time("to"))
        if let text = query["status"] {
            guard let status = Event.Status(rawValue: text) else {
                throw .badRequest("\"status\" must be confirmed, tentative or cancelled.")
            }
            filter.status = status
        }
        return filter
    }

    /// The body, which must be a JSON object; an empty one stands for `{}`.
    func jsonObject(example: String) throws(APIError) -> JSONObject {
        guard !body.isEmpty else { return [:] }
        do {
            if let object = try JSON(parsing: body).object { return object }
        } catch {
            throw .badRequest("The body must be a JSON object such as \(example): \(error).")
        }
        throw .badRequest("The body must be a JSON object such as \(example).")
    }
}

extension EmailAddress {
    /// The organizer in a path.
    init(organizer text: String) throws(APIError) {
        do {
            try self.init(parsing: text)
        } catch {
            throw .badRequest("The organizer in the path must be an e-mail address: \(error).")
        }
    }

    /// The attendee in a path.
    init(attendee text: String) throws(APIError) {
        do {
            try self.init(parsing: text)
        } catch {
            throw .badRequest("The attendee in the path must be an e-mail address: \(error).")
        }
    }
}
