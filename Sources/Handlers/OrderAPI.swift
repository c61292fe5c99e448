import InviteService
import JSON
import LambdaEvents
import LambdaRuntime
import Store

/// HTTP API, `POST /order`: an order from the shop, proven by its signature.
package struct OrderAPI: Sendable {
    private let intake: OrderIntake

    package init(intake: OrderIntake) { self.intake = intake }

    package static func live(_ environment: Environment) throws -> OrderAPI {
        OrderAPI(
            intake: OrderIntake(
                ports: try .live(environment),
                subscription: OrderIntake.Subscription(
                    invitesPerEvent: try environment.number("SUBSCRIBER_INVITES"),
                    events: try environment.number("SUBSCRIBER_EVENTS"))))
    }

    package func handle(_ event: JSON, _ context: LambdaContext) async throws -> JSON {
        try await APIAnswer.to(event) { request in
            guard request.method == "POST", request.segments == ["order"] else { throw APIError.noRoute }
            let outcome = try await intake.receive(request.body, signature: request.headers["x-shopify-hmac-sha256"])
            LambdaLog.write(
                .info, "order",
                [
                    "outcome": .string(outcome.rawValue),
                    "webhookId": .string(request.headers["x-shopify-webhook-id"] ?? ""),
                ])
            return .json(["status": .string(outcome.rawValue)])
        }
    }
}

extension OrderIntake.Failure: APIFailure {
    var apiError: APIError {
        switch self {
        case .notProven:
            APIError(
                status: 401, code: "bad_signature",
                message: "The header X-Shopify-Hmac-Sha256 does not prove this body. Put the shop's webhook key into "
                    + "the secret named by the stack's output OrderSecretId.")
        case .notJSON(let problem): .badRequest("The body must be an order in JSON: \(problem).")
        case .unusable(.noID): APIError(status: 422, code: "no_order_id", message: "The order has no \"id\".")
        case .unusable(.noAddress):
            APIError(
                status: 422, code: "no_organizer",
                message: "The order names no e-mail address: neither a property \"organizer\" of an item, nor "
                    + "\"email\", \"contact_email\" or \"customer.email\".")
        }
    }
}
