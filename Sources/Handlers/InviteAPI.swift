import Audience
import InviteService
import JSON
import LambdaEvents
import LambdaRuntime
import MailMessage
import Store

/// HTTP API without a key: asking for an invitation, and the pages an invitation links to. What acts does so on POST.
package struct InviteAPI: Sendable {
    private let invitation: SingleInvitation
    private let choices: ChoiceRoutes
    private let calendars: CalendarRoutes
    private let addresses: MailAddresses
    /// With it signed links act as soon as they are followed; nil where none may.
    private let oneClickSecret: ServiceSecret?

    package init(
        invitation: SingleInvitation, choice: AttendeeChoice, calendar: OrganizerCalendar, addresses: MailAddresses,
        oneClickSecret: ServiceSecret?
    ) {
        self.invitation = invitation
        self.addresses = addresses
        self.oneClickSecret = oneClickSecret
        choices = ChoiceRoutes(choice: choice)
        calendars = CalendarRoutes(calendar: calendar, invitation: invitation)
    }

    package static func live(_ environment: Environment) async throws -> InviteAPI {
        let secret = try await environment.secret()
        return InviteAPI(
            invitation: SingleInvitation(ports: try .live(environment), rules: try environment.inviteRules()),
            choice: AttendeeChoice(ports: try .live(environment), secret: secret),
            calendar: OrganizerCalendar(ports: try .live(environment), secret: secret),
            addresses: try environment.addresses(), oneClickSecret: environment.allowsOneClick ? secret : nil)
    }

    package func handle(_ event: JSON, _ context: LambdaContext) async throws -> JSON {
        try await APIAnswer.to(event, answer) { error, request in
            guard request.wantsPage else { return error.response }
            return .page(
                MessagePage.page(title: error.title, message: error.message), status: error.status,
                headers: error.headers, mayBeFramed: Self.isInvite(request.segments))
        }
    }

    private func answer(_ request: HTTPAPIRequest) async throws -> HTTPAPIResponse {
        let path = request.segments
        if Self.isInvite(path) {
            switch request.method {
            case "GET": return try await page(of: path[1], request)
            case "POST": return try await queue(path[1], request)
            default: throw APIError.noRoute
            }
        }
        if path.count == 3, path[0] == "event", path[2] == "calendar.ics", request.method == "GET" {
            return .calendar(try await invitation.calendarFile(of: path[1], addresses: addresses))
        }
        if path.count == 2, path[0] == "calendar" { return try await calendars.answer(request, path[1]) }
        return try await choices.answer(request, path)
    }

    /// The page that others embed, so its errors may be too.
    private static func isInvite(_ path: [String]) -> Bool {
        path.count == 3 && path[0] == "event" && path[2] == "invite"
    }

    private func page(of uid: String, _ request: HTTPAPIRequest) async throws -> HTTPAPIResponse {
        if isSigned(request, uid) { return try await queue(uid, request) }
        // Said now rather than after the form was filled in.
        _ = try InviteRequest.landing(request.query["landing"], rules: invitation.rules)
        let event = try await invitation.event(uid)
        func field(_ name: String) -> String { request.query[name] ?? "" }
        return .page(
            InvitePage.page(
                of: event, uid: uid,
                InvitePage.Fields(
                    email: field("email"), name: field("name"), origin: field("origin"), landing: field("landing"))),
            mayBeFramed: true)
    }

    /// Whether whoever made the link has signed it, for this event, origin and landing page.
    private func isSigned(_ request: HTTPAPIRequest, _ uid: String) -> Bool {
        guard let secret = oneClickSecret, let signature = request.query["signature"], let event = EventUID(uid) else {
            return false
        }
        return InviteLink.isValid(
            signature, event: event, origin: request.query["origin"] ?? "", landing: request.query["landing"] ?? "",
            secret: secret)
    }

    private func queue(_ uid: String, _ request: HTTPAPIRequest) async throws -> HTTPAPIResponse {
        let fields = request.query.merging(try request.bodyFields()) { _, body in body }
        let invite = try InviteRequest(
            fields, rules: invitation.rules, defaultOrigin: request.isJSON ? .api : .webForm)
        let event = try await invitation.queue(invite, to: uid, sourceIP: request.sourceIP)
        let email = invite.recipient.address.description
        if let landing = invite.landing {
            return HTTPAPIResponse(
                status: 302, headers: ["location": landing.description, "cache-control": "no-store"])
        }
        if request.wantsPage { return .page(InvitePage.sent(to: email), status: 202, mayBeFramed: true) }
        return .json(
            ["status": "queued", "event": .string(event.uid.description), "email": .string(email)], status: 202)
    }
}

extension InviteRequest.Failure: APIFailure {
    var apiError: APIError {
        switch self {
        case .unusableAddress(let reason):
            APIError(
                status: 400, code: "bad_email", message: "\"email\" is no address an invitation can go to: \(reason).")
        case .nameTooLong(let limit):
            APIError(status: 400, code: "bad_name", message: "\"name\" may have \(limit) bytes at most.")
        case .unknownOrigin:
            APIError(
                status: 400, code: "unknown_origin",
                message: "\"origin\" is none that is known here, such as api, landingpage or webform.")
        case .landingNotAllowed:
            APIError(
                status: 400, code: "landing_not_allowed",
                message: "\"landing\" must be an https address at a host that this service allows: the "
                    + "stack's parameter LandingHosts names them.")
        }
    }
}

extension SingleInvitation.Failure: APIFailure {
    var apiError: APIError {
        switch self {
        case .unknownEvent: APIError(status: 404, code: "not_found", message: "There is no such event.")
        case .cancelled: .gone
        case .suspended: .suspended
        case .bulkNotPermitted:
            APIError(
                status: 403, code: "bulk_not_permitted",
                message: "This origin is for lists, and the organizer may not send to lists.")
        case .addressRefuses:
            APIError(
                status: 403, code: "address_refuses",
                message: "This address has asked for no invitations, or mail to it came back: nothing was sent.")
        case .full:
            APIError(
                status: 403, code: "invite_limit",
                message: "As many people as may be are invited to this event. Its organizer has been told.")
        case .tooMany(let seconds):
            APIError(
                status: 429, code: "rate_limited",
                message: "There were too many requests this hour. Try again later.",
                headers: ["retry-after": String(seconds)])
        }
    }
}

extension AttendeeChoice.Failure: APIFailure {
    var apiError: APIError {
        switch self {
        case .unknownLink:
            APIError(
                status: 404, code: "unknown_link",
                message: "This link is not complete, or what it led to is no more. Open it from the invitation again.")
        case .cancelled: .gone
        case .unknownDate:
            APIError(
                status: 410, code: "date_gone",
                message: "The event no longer has this date: it was cancelled, or all its dates were moved. The latest "
                    + "mail about the event has links to answer it.")
        }
    }
}

extension APIError {
    static let gone = APIError(
        status: 410, code: "event_cancelled", message: "The event was cancelled by its organizer.")

    /// As a page's heading.
    fileprivate var title: String {
        switch status {
        case 404: "Not found"
        case 410: code == "date_gone" ? "This date is no more" : "This event is cancelled"
        case 429: "Too many requests"
        case 500...: "Something failed here"
        default: "That did not work"
        }
    }
}
