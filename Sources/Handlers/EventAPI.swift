import InviteService
import JSON
import LambdaEvents
import LambdaRuntime
import MailMessage
import Store

/// HTTP API with a key: an event's making and changing, summary, statistics, attendees and campaigns.
package struct EventAPI: Sendable {
    private let access: EventAccess
    private let campaigns: CampaignControl
    private let links: EventLinkMaker
    private let campaignStart: CampaignStart
    private let editing: EventEditingRoutes
    private let publicURL: String?
    private let reports: ReportOrder

    /// - Parameter publicURL: where the HTTP API answers; nil is where it was called.
    package init(
        access: EventAccess, campaigns: CampaignControl, campaignStart: CampaignStart, reports: ReportOrder,
        links: EventLinkMaker, editing: EventEditing, publicURL: String?
    ) {
        self.reports = reports
        self.publicURL = publicURL
        self.access = access
        self.campaigns = campaigns
        self.campaignStart = campaignStart
        self.links = links
        self.editing = EventEditingRoutes(editing: editing)
    }

    package static func live(_ environment: Environment) async throws -> EventAPI {
        let access = EventAccess(ports: try .live(environment))
        let secret = try await environment.secret()
        let links = EventLinkMaker(
            landingHosts: LandingHosts(environment["LANDING_HOSTS"] ?? ""),
            moreOrigins: environment["MORE_ORIGINS"] ?? "",
            oneClickSecret: environment.allowsOneClick ? secret : nil)
        let editing = EventEditing(
            ports: try .live(environment), addresses: try environment.addresses(), secret: secret,
            updates: try environment.value("UPDATE_AUDIENCE", standard: .everyone),
            eventLimit: try environment.number("EVENT_LIMIT"))
        return EventAPI(
            access: access, campaigns: CampaignControl(ports: try .live(environment), access: access),
            campaignStart: CampaignStart(
                ports: try .live(environment), bucket: try environment.required("DATA_BUCKET"),
                pinpointApplication: environment["PINPOINT_APPLICATION"]),
            reports: ReportOrder(ports: try .live(environment), access: access), links: links,
            editing: editing, publicURL: environment["PUBLIC_URL"])
    }

    package func handle(_ event: JSON, _ context: LambdaContext) async throws -> JSON {
        try await APIAnswer.to(event, answer)
    }

    private func answer(_ request: HTTPAPIRequest) async throws -> HTTPAPIResponse {
        let key = request.apiKey
        let path = request.segments
        if path == ["event"], request.method == "POST" { return try await editing.put(request) }
        guard path.count >= 2, path[0] == "event" else { throw APIError.noRoute }
        let uid = path[1]
        switch (request.method, path.dropFirst(2).first, path.count) {
        case ("GET", nil, 2):
            return .json(EventSummaryDocument.of(try await access.event(uid, key: key)))
        case ("PATCH", nil, 2): return try await editing.change(uid, request)
        case ("DELETE", nil, 2): return try await editing.cancel(uid, request)
        case ("GET", "statistics", 3):
            return .json(try await access.statistics(of: uid, key: key).json)
        case ("GET", "attendees", 3):
            return .json(try await attendees(of: uid, key: key, request))
        case ("GET", "attendees", 4):
            let (event, attendee, answers) = try await access.attendee(
                try EmailAddress(attendee: path[3]), of: uid, key: key)
            return .json(AttendeeDocument.of(attendee, answers, of: event))
        case ("GET", "report", 3):
            return try await report(on: uid, key: key, request)
        case ("POST", "links", 3):
            return .json(try await links(to: uid, key: key, request))
        case ("GET", "campaigns", 3):
            return .json(try await campaignPage(of: uid, key: key, request))
        case ("POST", "campaigns", 3):
            return .json(try await startCampaign(for: uid, key: key, request), status: 202)
        case ("POST", "lists", 3):
            return .json(try await uploadTarget(for: uid, key: key, request), status: 201)
        case ("GET", "campaigns", 4):
            return .json(try await access.progress(of: path[3], event: uid, key: key).json)
        case ("POST", "campaigns", 5) where path[4] == "pause":
            return .json(try await campaigns.pause(path[3], event: uid, key: key).json)
        case ("POST", "campaigns", 5) where path[4] == "resume":
            return .json(try await campaigns.resume(path[3], event: uid, key: key).json)
        case ("POST", "campaigns", 5) where path[4] == "cancel":
            return .json(try await campaigns.cancel(path[3], event: uid, key: key).json)
        default:
            throw APIError.noRoute
        }
    }

    private func attendees(of uid: String, key: String?, _ request: HTTPAPIRequest) async throws -> JSON {
        let cursor = try request.cursor { AttendeeCursor($0) }
        let limit = try request.limit(atMost: 1000)
        let page = try await access.attendees(
            of: uid, key: key, answered: try request.answer(), after: cursor ?? .start, limit: limit)
        return [
            "attendees": .array(page.attendees.map(AttendeeDocument.of)),
            "next": page.next.map { .string($0.text) } ?? .null,
        ]
    }

    private func report(on uid: String, key: String?, _ request: HTTPAPIRequest) async throws -> HTTPAPIResponse {
        guard let format = try request.reportFormat() else {
            let organizer = try await reports.report(on: uid, key: key)
            return .json(["status": "queued", "email": .string(organizer.description)], status: 202)
        }
        let cursor = try request.cursor { AttendeeCursor($0) }
        let limit = try request.limit(default: AttendeeReport.rowLimit, atMost: AttendeeReport.rowLimit)
        let page = try await access.attendees(
            of: uid, key: key, answered: try request.answer(), after: cursor ?? .start, limit: limit)
        return ReportAnswer.of(page, as: format, isFirst: cursor == nil)
    }

    private func links(to uid: String, key: String?, _ request: HTTPAPIRequest) async throws -> JSON {
        let event = try await access.event(uid, key: key)
        let body = try request.jsonObject(example: "{\"origin\":\"emailcta\"}")
        func text(_ name: String) throws(APIError) -> String? {
            guard let value = body[name], !value.isNull else { return nil }
            guard let text = value.string else { throw .badRequest("\"\(name)\" must be a text.") }
            return text
        }
        let name = try text("origin")
        guard let origin = name.map({ Origin(rawValue: $0) }) ?? .emailButton else {
            throw InviteRequest.Failure.unknownOrigin
        }
        let made = try links.links(
            to: event.uid, at: request.baseURL(publicURL), origin: origin, landing: try text("landing"))
        return [
            "page": .string(made.page), "one_click": made.oneClick.map { .string($0) } ?? .null,
            "calendar": .string(made.calendar),
        ]
    }

    private func campaignPage(of uid: String, key: String?, _ request: HTTPAPIRequest) async throws -> JSON {
        let cursor = try request.cursor { CampaignCursor($0) }
        let limit = try request.limit(default: 20, atMost: 100)
        let page = try await access.campaigns(of: uid, key: key, after: cursor, limit: limit)
        return [
            "campaigns": .array(page.campaigns.map(\.json)), "next": page.next.map { .string($0.text) } ?? .null,
        ]
    }

    private func startCampaign(for uid: String, key: String?, _ request: HTTPAPIRequest) async throws -> JSON {
        let (event, scope) = try await access.authorized(uid, key: key)
        let campaign = try await campaignStart.start(try CampaignBody.request(request), for: event, scope)
        return CampaignProgress(campaign: campaign, counters: [:], now: campaign.created).json
    }

    /// Where to PUT a list, and the source to start a campaign with then.
    private func uploadTarget(for uid: String, key: String?, _ request: HTTPAPIRequest) async throws -> JSON {
        let event = try await access.event(uid, key: key)
        let body = try request.jsonObject(example: "{\"name\":\"guests.csv\"}")
        if let name = body["name"], name.string == nil { throw APIError.badRequest("\"name\" must be a text.") }
        let (target, seconds) = try campaignStart.uploadTarget(named: body["name"]?.string ?? "", for: event)
        return [
            "upload": ["method": "PUT", "url": .string(target.url), "expires_in": .int(seconds)],
            "source": .string(target.source.url),
        ]
    }
}
