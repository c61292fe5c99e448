import Audience
import InviteService
import JSON
import LambdaEvents
import MailMessage

/// `/calendar/{link}`, an organizer's public page: GET shows a month, POST queues an invitation to each chosen event.
struct CalendarRoutes: Sendable {
    let calendar: OrganizerCalendar
    let invitation: SingleInvitation

    /// Fields of the form that choose an event begin with it.
    private static let choice = "event-"

    func answer(_ request: HTTPAPIRequest, _ link: String) async throws -> HTTPAPIResponse {
        let organizer = try calendar.organizer(link)
        switch request.method {
        case "GET":
            let month = try await calendar.month(request.query["month"], of: organizer)
            let chosen = Set((request.query["events"] ?? "").split(separator: ",").map(String.init))
            return .page(
                OrganizerPages.month(
                    month, email: request.query["email"] ?? "", chosen: chosen, origin: request.query["origin"] ?? ""),
                mayBeFramed: true)
        case "POST":
            let fields = request.query.merging(try request.bodyFields()) { _, body in body }
            let uids = try OrganizerCalendar.choice(
                fields.keys.filter { $0.hasPrefix(Self.choice) }.map { String($0.dropFirst(Self.choice.count)) }
                    .sorted())
            let invite = try InviteRequest(
                fields, rules: invitation.rules, defaultOrigin: uids.count > 1 ? .multipleEvents : .landingPage)
            for uid in uids { _ = try await invitation.queue(invite, to: uid, sourceIP: request.sourceIP) }
            let email = invite.recipient.address.description
            if request.wantsPage {
                return .page(OrganizerPages.sent(uids.count, to: email), status: 202, mayBeFramed: true)
            }
            return .json(
                ["status": "queued", "events": .array(uids.map { .string($0) }), "email": .string(email)], status: 202)
        default: throw APIError.noRoute
        }
    }
}

extension OrganizerCalendar.Failure: APIFailure {
    var apiError: APIError {
        switch self {
        case .unknownLink:
            APIError(
                status: 404, code: "unknown_link", message: "This link is not complete. Ask its owner for it again.")
        case .unknownMonth: .badRequest("\"month\" must be a month such as 2027-01.")
        case .nothingChosen:
            APIError(status: 400, code: "nothing_chosen", message: "Choose at least one event.")
        case .tooManyChosen(let limit):
            APIError(status: 400, code: "too_many_chosen", message: "Choose \(limit) events at most.")
        }
    }
}
