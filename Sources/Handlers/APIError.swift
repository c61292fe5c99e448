import InviteService
import JSON
import LambdaEvents

/// An error answer: a status and `{"error":{"code","message"}}`.
struct APIError: Error {
    let status: Int
    let code: String
    let message: String

    static let noRoute = APIError(status: 404, code: "no_route", message: "There is nothing at this path.")
    static let internalFailure = APIError(
        status: 500, code: "internal", message: "Something failed here. Try again; if it stays, see the function's log."
    )

    static func badRequest(_ message: String) -> APIError {
        APIError(status: 400, code: "bad_request", message: message)
    }

    var response: HTTPAPIResponse {
        .json(["error": ["code": .string(code), "message": .string(message)]], status: status)
    }
}

extension APIError {
    init(_ failure: EventAccess.Failure) {
        switch failure {
        case .missingKey:
            self.init(status: 401, code: "missing_key", message: "Send your API key in the header x-api-key.")
        case .unknownKey:
            self.init(status: 403, code: "unknown_key", message: "This API key is not known.")
        case .notFound(let what):
            self.init(status: 404, code: "not_found", message: "There is no such \(what), or this key may not see it.")
        case .cancelled:
            self.init(status: 409, code: "event_cancelled", message: "The event was cancelled: nobody can be invited.")
        case .unusableSource(let reason):
            self.init(status: 400, code: "unusable_source", message: reason)
        }
    }
}

extension HTTPAPIResponse {
    static func json(_ body: JSON, status: Int = 200) -> HTTPAPIResponse {
        HTTPAPIResponse(
            status: status,
            headers: ["content-type": "application/json; charset=utf-8", "cache-control": "no-store"], body: body.text)
    }
}
