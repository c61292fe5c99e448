import InviteService
import JSON
import LambdaEvents
import MailMessage

/// `POST /event`, `PATCH /event/{uid}` and `DELETE /event/{uid}`.
struct EventEditingRoutes: Sendable {
    let editing: EventEditing

    private static let example = "{\"summary\":\"Tea\",\"dtstart\":\"2027-01-10T15:00Z\"}"

    func put(_ request: HTTPAPIRequest) async throws -> HTTPAPIResponse {
        var (uid, organizer) = (String?.none, request.query["organizer"])
        let input: EventEditing.Input
        if request.isCalendar {
            input = .calendar(request.body)
        } else {
            let document = try EventFieldsDocument(try request.jsonObject(example: Self.example), isNew: true)
            input = .fields(document.fields)
            uid = document.uid
            organizer = document.organizer ?? organizer
        }
        let address = try organizer.map { text throws(APIError) in
            guard let address = EmailAddress(text) else {
                throw .badRequest("\"organizer\" must be an e-mail address.")
            }
            return address
        }
        let (event, isNew) = try await editing.put(input, clientUID: uid, organizer: address, key: request.apiKey)
        return .json(EventSummaryDocument.of(event), status: isNew ? 201 : 200)
    }

    func change(_ uid: String, _ request: HTTPAPIRequest) async throws -> HTTPAPIResponse {
        let input: EventEditing.Input
        if request.isCalendar {
            input = .calendar(request.body)
        } else {
            let object = try request.jsonObject(example: "{\"location\":\"Room 6\"}")
            input = .fields(try EventFieldsDocument(object, isNew: false).fields)
        }
        return .json(EventSummaryDocument.of(try await editing.change(uid, by: input, key: request.apiKey)))
    }

    func cancel(_ uid: String, _ request: HTTPAPIRequest) async throws -> HTTPAPIResponse {
        let event = try await editing.cancel(uid, instance: try request.time("instance"), key: request.apiKey)
        return .json(EventSummaryDocument.of(event))
    }
}

extension HTTPAPIRequest {
    /// Whether the body is a calendar object rather than JSON.
    fileprivate var isCalendar: Bool { headers["content-type"]?.lowercased().hasPrefix("text/calendar") == true }
}
