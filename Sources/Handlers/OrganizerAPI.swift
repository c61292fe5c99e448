import InviteService
import JSON
import LambdaEvents
import LambdaRuntime
import MailMessage
import Store

/// HTTP API with a key: an organizer's profile, events, statistics and keys.
package struct OrganizerAPI: Sendable {
    private let access: OrganizerAccess
    private let webhooks: WebhookRoutes
    private let publicURL: String?
    private let secret: ServiceSecret

    /// - Parameter publicURL: where the HTTP API answers; nil is where it was called.
    package init(access: OrganizerAccess, webhooks: WebhookAccess, publicURL: String?, secret: ServiceSecret) {
        self.access = access
        self.webhooks = WebhookRoutes(access: webhooks)
        self.publicURL = publicURL
        self.secret = secret
    }

    package static func live(_ environment: Environment) async throws -> OrganizerAPI {
        OrganizerAPI(
            access: OrganizerAccess(ports: try .live(environment)),
            webhooks: WebhookAccess(ports: try .live(environment), allowsLoopback: environment.allowsLoopback),
            publicURL: environment["PUBLIC_URL"], secret: try await environment.secret())
    }

    package func handle(_ event: JSON, _ context: LambdaContext) async throws -> JSON {
        try await APIAnswer.to(event, answer)
    }

    private func answer(_ request: HTTPAPIRequest) async throws -> HTTPAPIResponse {
        let key = request.apiKey
        let path = request.segments
        guard path.count >= 2, path[0] == "organizer" else { throw APIError.noRoute }
        let organizer = try EmailAddress(organizer: path[1])
        switch (request.method, path.dropFirst(2).first, path.count) {
        case ("GET", nil, 2):
            let profile = try await access.profile(of: organizer, key: key)
            let links = PublicLinks(url: request.baseURL(publicURL))
            let page = links.calendar(OrganizerLink.text(organizer, secret: secret))
            return .json(OrganizerDocument.of(profile, page: page))
        case ("GET", "events", 3):
            return .json(
                EventPageDocument.of(
                    try await access.events(
                        of: organizer, try request.eventView(), key: key, matching: try request.eventFilter(),
                        after: try request.cursor(EventCursor.init), limit: try request.limit(atMost: 1000))))
        case ("GET", "statistics", 3):
            return .json(try await access.statistics(of: organizer, key: key).jsonWithEvents)
        case ("POST", "keys", 3):
            return .json(
                KeyDocument.of(try await access.createKey(for: organizer, name: try request.keyName(), key: key)),
                status: 201)
        case ("GET", "keys", 3):
            return .json(KeyDocument.list(try await access.keys(of: organizer, key: key)))
        case (_, "webhooks", _):
            return try await webhooks.answer(request, holder: .organizer(organizer), rest: Array(path.dropFirst(3)))
        case ("DELETE", "keys", 4):
            try await access.revokeKey(path[3], of: organizer, key: key)
            return .noContent
        default:
            throw APIError.noRoute
        }
    }
}
