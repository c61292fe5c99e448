import InviteService
import JSON
import LambdaEvents

/// `…/webhooks` of an organizer and of the domain's owner: register, list, delete, replay.
struct WebhookRoutes: Sendable {
    let access: WebhookAccess

    /// - Parameter rest: what the path has after `webhooks`.
    func answer(
        _ request: HTTPAPIRequest, holder: APIKey.Scope, rest: [String]
    ) async throws -> HTTPAPIResponse {
        let key = request.apiKey
        switch (request.method, rest.count, rest.last) {
        case ("GET", 0, _):
            let webhooks = try await access.list(of: holder, key: key)
            return .json(["webhooks": .array(webhooks.map { .object(Self.members($0)) })])
        case ("POST", 0, _):
            let (url, kinds) = try Self.wish(request)
            let webhook = try await access.create(url: url, kinds: kinds, for: holder, key: key)
            var members = Self.members(webhook)
            members["secret"] = .string(webhook.secret.text)
            return .json(.object(members), status: 201)
        case ("DELETE", 1, _):
            try await access.delete(rest[0], of: holder, key: key)
            return .noContent
        case ("POST", 2, "replay"):
            return .json(["replayed": .int(try await access.replay(rest[0], of: holder, key: key))], status: 202)
        default: throw APIError.noRoute
        }
    }

    private static let example = "{\"url\":\"https://example.com/hook\",\"events\":[\"replied\",\"bounced\"]}"

    private static func wish(_ request: HTTPAPIRequest) throws(APIError) -> (String, Set<WebhookEvent.Kind>) {
        let body = try request.jsonObject(example: example)
        guard let url = body["url"]?.string else {
            throw .badRequest("\"url\" is missing. Send a JSON object such as \(example).")
        }
        guard let events = body["events"], !events.isNull else { return (url, []) }
        let names = WebhookEvent.Kind.allCases.map(\.rawValue).joined(separator: ", ")
        var kinds: Set<WebhookEvent.Kind> = []
        guard let list = events.array else { throw .badRequest("\"events\" must be a list of \(names).") }
        for name in list {
            guard let kind = name.string.flatMap(WebhookEvent.Kind.init(rawValue:)) else {
                throw .badRequest("\"events\" may have \(names).")
            }
            kinds.insert(kind)
        }
        return (url, kinds)
    }

    private static func members(_ webhook: Webhook) -> JSONObject {
        [
            "id": .string(webhook.id), "url": .string(webhook.url.description),
            "events": webhook.kinds.isEmpty
                ? .null : .array(webhook.kinds.map(\.rawValue).sorted().map { .string($0) }),
            "created": .int(webhook.created),
        ]
    }
}

extension WebhookAccess.Failure: APIFailure {
    var apiError: APIError {
        switch self {
        case .notFound: .notFound("webhook")
        case .unusableURL(let failure): .badRequest("\"url\" cannot be used: \(failure).")
        case .tooMany(let limit):
            APIError(
                status: 409, code: "too_many_webhooks",
                message: "There are \(limit) webhooks already. Delete one of them first.")
        }
    }
}
