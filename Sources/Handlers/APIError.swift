import JSON
import LambdaEvents

/// An error answer: a status and `{"error":{"code","message"}}`.
struct APIError: Error {
    let status: Int
    let code: String
    let message: String
    var headers: [String: String] = [:]

    static let noRoute = APIError(status: 404, code: "no_route", message: "There is nothing at this path.")
    static let internalFailure = APIError(
        status: 500, code: "internal", message: "Something failed here. Try again; if it stays, see the function's log."
    )

    static func badRequest(_ message: String) -> APIError {
        APIError(status: 400, code: "bad_request", message: message)
    }

    static let suspended = APIError(
        status: 403, code: "organizer_suspended",
        message: "The organizer is suspended: nothing is sent for them until the domain's owner allows it again.")

    /// What does not exist and what a key may not see are not told apart.
    static func notFound(_ what: String) -> APIError {
        APIError(
            status: 404, code: "not_found", message: "There is no such \(what), or this key may not see it.")
    }

    var response: HTTPAPIResponse {
        var response = HTTPAPIResponse.json(
            ["error": ["code": .string(code), "message": .string(message)]], status: status)
        response.headers.merge(headers) { $1 }
        return response
    }
}

extension HTTPAPIResponse {
    static let noContent = HTTPAPIResponse(status: 204, headers: ["cache-control": "no-store"])

    static func json(_ body: JSON, status: Int = 200) -> HTTPAPIResponse {
        HTTPAPIResponse(
            status: status,
            headers: ["content-type": "application/json; charset=utf-8", "cache-control": "no-store"], body: body.text)
    }
}
