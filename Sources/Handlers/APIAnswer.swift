import InviteService
import JSON
import LambdaEvents
import LambdaRuntime

/// A failure of the domain that the API's callers are told about.
protocol APIFailure: Error {
    var apiError: APIError { get }
}

/// Answers a request through the HTTP API: whatever goes wrong becomes an error answer, never a failed invocation.
enum APIAnswer {
    /// - Parameter render: makes the error answer.
    static func to(
        _ event: JSON, _ answer: (HTTPAPIRequest) async throws -> HTTPAPIResponse,
        render: (APIError, HTTPAPIRequest) -> HTTPAPIResponse = { error, _ in error.response }
    ) async throws -> JSON {
        let request = try HTTPAPIRequest(event)
        do {
            return try await answer(request).json
        } catch let failure as any APIFailure {
            return render(failure.apiError, request).json
        } catch let error as APIError {
            return render(error.code == APIError.noRoute.code ? request.routeError : error, request).json
        } catch {
            LambdaLog.write(.error, "a request failed", ["error": .string(String(describing: error))])
            return render(.internalFailure, request).json
        }
    }
}

extension KeyRefusal: APIFailure {
    var apiError: APIError {
        switch self {
        case .missingKey:
            APIError(status: 401, code: "missing_key", message: "Send your API key in the header x-api-key.")
        case .unknownKey: APIError(status: 403, code: "unknown_key", message: "This API key is not known.")
        }
    }
}

extension KeyRingFailure: APIFailure {
    var apiError: APIError {
        switch self {
        case .tooManyKeys(let limit):
            APIError(
                status: 409, code: "too_many_keys",
                message: "There are \(limit) keys already. Revoke one of them first.")
        case .unknownID: .notFound("key")
        }
    }
}

extension OrganizerAccess.Failure: APIFailure {
    var apiError: APIError {
        switch self {
        case .notFound: .notFound("organizer")
        }
    }
}

extension SystemAccess.Failure: APIFailure {
    var apiError: APIError {
        switch self {
        case .ownerOnly:
            APIError(
                status: 403, code: "owner_only", message: "This takes a key of the domain's owner, not an organizer's.")
        }
    }
}

extension EventEditing.Failure: APIFailure {
    var apiError: APIError {
        switch self {
        case .notFound: .notFound("event")
        case .missingOrganizer: .badRequest("With the owner's key, \"organizer\" must say whose event it is.")
        case .otherOrganizer:
            APIError(status: 403, code: "other_organizer", message: "This key makes events of its own organizer only.")
        case .cancelled:
            APIError(status: 409, code: "event_cancelled", message: "The event was cancelled and cannot be changed.")
        case .missingEnd: .badRequest("\"dtend\" is missing: an event that starts anew must say when it ends.")
        case .otherEvent: .badRequest("The calendar object has the UID of another event.")
        case .refused(let reason):
            reason.code == RefusalReason.suspended.code
                ? .suspended : APIError(status: 422, code: reason.apiCode, message: reason.explanation)
        case .outdated:
            APIError(status: 409, code: "outdated", message: "Something newer is known. Read the event and try again.")
        }
    }
}

extension RefusalReason {
    /// Codes of the API have underscores.
    fileprivate var apiCode: String { code.replacing("-", with: "_") }
}

extension EventAccess.Failure: APIFailure {
    var apiError: APIError {
        switch self {
        case .notFound(let what): .notFound(what)
        }
    }
}

extension CampaignStart.Failure: APIFailure {
    var apiError: APIError {
        switch self {
        case .cancelled:
            APIError(status: 409, code: "event_cancelled", message: "The event was cancelled: nobody can be invited.")
        case .suspended: .suspended
        case .unusableSource(let reason): APIError(status: 400, code: "unusable_source", message: reason)
        case .noPinpoint:
            APIError(
                status: 409, code: "pinpoint_not_set_up",
                message: "No Amazon Pinpoint application is set up: the parameters PinpointApplication and "
                    + "PinpointExportRoleArn of the stack name one. Pinpoint's support ended on 2026-10-30; export files "
                    + "that were made before can be named as \"source\".")
        case .segmentsForOwnerOnly:
            APIError(
                status: 403, code: "forbidden",
                message: "Only the domain's owner may send to a Pinpoint segment: it may hold anybody's customers.")
        case .otherRequest(let campaign):
            APIError(
                status: 409, code: "idempotency_conflict",
                message: "This Idempotency-Key started campaign \(campaign) with another request. Use a new key.")
        }
    }
}

extension CampaignControl.Failure: APIFailure {
    var apiError: APIError {
        switch self {
        case .failed:
            APIError(
                status: 409, code: "campaign_failed", message: "The campaign's list could not be used: start another.")
        case .importing:
            APIError(
                status: 409, code: "campaign_importing",
                message: "The campaign's list is still being read. Try again when its status is no longer importing.")
        case .cancelled:
            APIError(
                status: 409, code: "campaign_cancelled",
                message: "The campaign was cancelled for good. Start another: whoever was invited is left out of it.")
        case .finished:
            APIError(
                status: 409, code: "campaign_finished",
                message: "The campaign is finished. To take the event back from everybody, cancel the event.")
        case .expired:
            APIError(
                status: 409, code: "campaign_expired",
                message: "The campaign's recipients were kept for \(Campaign.chunkDays) days. Start another with the "
                    + "same list: whoever was invited is left out of it.")
        }
    }
}
