import InviteService
import JSON
import LambdaEvents
import LambdaRuntime
import MailMessage
import Store

/// HTTP API with the domain owner's key: every event, the totals, organizers and the owner's own keys. For everybody
/// the dashboard and the API's description, and for every key whose it is. It also answers what no route is for.
package struct SystemAPI: Sendable {
    private let access: SystemAccess
    private let suppressions: SuppressionRoutes
    private let webhooks: WebhookRoutes

    package init(access: SystemAccess, suppressions: SuppressionAccess, webhooks: WebhookAccess) {
        self.access = access
        self.suppressions = SuppressionRoutes(access: suppressions)
        self.webhooks = WebhookRoutes(access: webhooks)
    }

    package static func live(_ environment: Environment) throws -> SystemAPI {
        SystemAPI(
            access: SystemAccess(ports: try .live(environment), domain: try environment.addresses().domain),
            suppressions: SuppressionAccess(ports: try .live(environment)),
            webhooks: WebhookAccess(ports: try .live(environment), allowsLoopback: environment.allowsLoopback))
    }

    package func handle(_ event: JSON, _ context: LambdaContext) async throws -> JSON {
        try await APIAnswer.to(event, answer)
    }

    private func answer(_ request: HTTPAPIRequest) async throws -> HTTPAPIResponse {
        let key = request.apiKey
        let path = request.segments
        if path.first == "dashboard", path.count <= 2, request.method == "GET" { return .dashboard }
        if path == ["openapi.json"], request.method == "GET" { return .openAPI }
        if path == ["key"], request.method == "GET" { return .json(KeyDocument.of(try await access.holder(of: key))) }
        guard path.count >= 2, path[0] == "system" else { throw APIError.noRoute }
        switch (request.method, path[1], path.count) {
        case (_, "suppressions", _): return try await suppressions.answer(request)
        case (_, "webhooks", _):
            return try await webhooks.answer(request, holder: .owner, rest: Array(path.dropFirst(2)))
        case ("GET", "events", 2):
            return .json(
                EventPageDocument.of(
                    try await access.events(
                        try request.eventView(), key: key, matching: try request.eventFilter(),
                        after: try request.cursor(EventCursor.init), limit: try request.limit(atMost: 1000))))
        case ("GET", "statistics", 2):
            if let date = try request.date() {
                return .json(try await access.statistics(on: date, key: key).json)
            }
            return .json(try await access.statistics(key: key).jsonWithEvents)
        case ("GET", "organizers", 3):
            let organizer = try EmailAddress(organizer: path[2])
            return .json(OrganizerDocument.of(try await access.organizer(organizer, key: key)))
        case ("POST", "organizers", 3):
            let organizer = try EmailAddress(organizer: path[2])
            let change = try OrganizerDocument.change(in: request)
            return .json(OrganizerDocument.of(try await access.change(organizer, to: change, key: key)))
        case ("POST", "keys", 2):
            return .json(
                KeyDocument.of(try await access.createKey(name: try request.keyName(), key: key)), status: 201)
        case ("GET", "keys", 2):
            return .json(KeyDocument.list(try await access.keys(key: key)))
        case ("DELETE", "keys", 3):
            try await access.revokeKey(path[2], key: key)
            return .noContent
        default:
            throw APIError.noRoute
        }
    }
}

extension HTTPAPIRequest {
    /// `?date=`, a day.
    fileprivate func date() throws(APIError) -> String? {
        guard let text = query["date"] else { return nil }
        guard Timestamp.epochSeconds(text + "T00:00:00Z") != nil else {
            throw .badRequest("\"date\" must be a day such as 2026-11-22.")
        }
        return text
    }
}
