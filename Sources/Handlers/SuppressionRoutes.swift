import InviteService
import JSON
import LambdaEvents
import MailMessage

/// `/system/suppressions`: addresses that nothing is sent to, and taking one off.
struct SuppressionRoutes: Sendable {
    let access: SuppressionAccess

    func answer(_ request: HTTPAPIRequest) async throws -> HTTPAPIResponse {
        let path = request.segments
        switch (request.method, path.count) {
        case ("GET", 2) where request.query["source"] == "account":
            let page = try await access.listAccount(
                after: try request.cursor { (1...2000).contains($0.utf8.count) ? $0 : nil },
                limit: try request.limit(atMost: 1000), key: request.apiKey)
            return .json([
                "suppressions": .array(
                    page.entries.map {
                        ["address": .string($0.address), "reason": .string($0.reason), "since": .int($0.since)]
                    }),
                "next": page.next.map { .string($0) } ?? .null,
            ])
        case ("GET", 2):
            guard request.query["source"] ?? "server" == "server" else {
                throw APIError.badRequest("\"source\" must be server, or account for the list that Amazon SES keeps.")
            }
            let page = try await access.list(
                after: try request.cursor { EmailAddress($0) }, limit: try request.limit(atMost: 1000),
                key: request.apiKey)
            return .json([
                "suppressions": .array(page.suppressions.map(document)),
                "next": page.next.map { .string($0.normalized) } ?? .null,
            ])
        case ("DELETE", 3):
            let address: EmailAddress
            do {
                address = try EmailAddress(parsing: path[2])
            } catch {
                throw APIError.badRequest("The path must end with an e-mail address: \(error).")
            }
            try await access.lift(address, key: request.apiKey)
            return .noContent
        default: throw APIError.noRoute
        }
    }

    private func document(_ suppression: Suppression) -> JSON {
        [
            "address": .string(suppression.address.description), "reason": .string(suppression.reason.rawValue),
            "since": .int(suppression.since),
        ]
    }
}

extension SuppressionAccess.Failure: APIFailure {
    var apiError: APIError {
        switch self {
        case .notSuppressed:
            APIError(status: 404, code: "not_found", message: "This address is not suppressed.")
        }
    }
}
