import Foundation
import JSON

/// The mail service: the part of SES v2 that the product calls, a door for mail that comes in, and controls for tests.
///
/// | request | |
/// |---|---|
/// | `POST /v2/email/outbound-emails` | SendEmail, raw content |
/// | `GET /v2/email/account` | GetAccount |
/// | `GET /v2/email/suppression/addresses` | ListSuppressedDestinations |
/// | `POST /local/deliver?to=…&verdict=dmarc=FAIL` | a message, the body, comes in; `to` and `verdict` may be repeated |
/// | `PUT /local/faults` | see `FaultPlan` |
/// | `PUT /local/quota` | `{"maxSendRate":14,"max24HourSend":50000}` |
/// | `PUT /local/suppression` | `["address"]`, added to the list |
/// | `PUT /local/outcomes` | `{"address":"bounce"}`: what becomes of mail to it, see `MailOutcome` |
package final class MailService: Sendable {
    package let account: MailAccount
    private let reception: MailReception?
    private let listener: HTTPListener

    package var url: String { listener.url }

    /// - Parameters:
    ///   - port: 0 takes a free one.
    ///   - reception: nil refuses mail that comes in.
    package init(account: MailAccount, reception: MailReception?, port: Int = 0) async throws {
        self.account = account
        self.reception = reception
        listener = try await HTTPListener(port: port) { request in
            await MailService.answer(request, account: account, reception: reception)
        }
    }

    package func stop() async { await listener.stop() }

    private static func answer(
        _ request: ServedRequest, account: MailAccount, reception: MailReception?
    ) async -> ServedResponse {
        do {
            switch (request.method, request.path) {
            case ("POST", "/v2/email/outbound-emails"):
                try checkSignature(of: request)
                switch try await account.send(try SendEmailRequest(request.body)) {
                case .messageID(let messageID): return .json(["MessageId": .string(messageID)])
                case .lost: return .abandoned
                }
            case ("GET", "/v2/email/account"):
                try checkSignature(of: request)
                return .json(await account.account())
            case ("GET", "/v2/email/suppression/addresses"):
                try checkSignature(of: request)
                let limit = request.queryValues("PageSize").first.flatMap { Int($0) } ?? 100
                guard (1...1000).contains(limit) else { throw SESError.badRequest("PageSize is from 1 to 1000.") }
                return .json(
                    await account.suppressedDestinations(
                        after: request.queryValues("NextToken").first, limit: limit))
            case ("POST", "/local/deliver"): return try await deliver(request, to: reception)
            case ("PUT", "/local/faults"):
                guard let plan = FaultPlan(try JSON(parsing: request.body)) else {
                    return .json(["message": "not a fault plan"], status: 400)
                }
                await account.setFaults(plan)
                return ServedResponse(status: 204)
            case ("PUT", "/local/quota"):
                let json = try JSON(parsing: request.body)
                guard let rate = json["maxSendRate"]?.number.flatMap(Double.init),
                    let quota = json["max24HourSend"]?.number.flatMap(Double.init)
                else { return .json(["message": "maxSendRate and max24HourSend are needed"], status: 400) }
                await account.setQuota(per24Hours: quota, perSecond: rate)
                return ServedResponse(status: 204)
            case ("PUT", "/local/suppression"):
                guard let list = try JSON(parsing: request.body).array else {
                    return .json(["message": "a list of addresses is needed"], status: 400)
                }
                await account.suppress(list.compactMap(\.string))
                return ServedResponse(status: 204)
            case ("PUT", "/local/outcomes"): return try await setOutcomes(request.body, of: account)
            default:
                return SESError(404, "UnknownOperationException", "\(request.method) \(request.path)").response
            }
        } catch let error as SESError {
            return error.response
        } catch let error as JSONError {
            return .json(["message": .string("\(error)")], status: 400)
        } catch {
            return SESError(500, "InternalServiceErrorException", "\(error)").response
        }
    }

    private static func setOutcomes(_ body: [UInt8], of account: MailAccount) async throws -> ServedResponse {
        var outcomes: [String: MailOutcome] = [:]
        for member in try JSON(parsing: body).object ?? [:] {
            guard let outcome = member.value.string.flatMap(MailOutcome.init(rawValue:)) else {
                let names = MailOutcome.allCases.map(\.rawValue).joined(separator: ", ")
                return .json(["message": .string("an outcome is one of \(names)")], status: 400)
            }
            outcomes[member.name] = outcome
        }
        await account.events?.setOutcomes(outcomes)
        return ServedResponse(status: 204)
    }

    /// The secret of a function's session is known to the service that gave it out and to the function, not here: what
    /// is checked is that the request was signed, and for this service.
    private static func checkSignature(of request: ServedRequest) throws(SESError) {
        guard let authorization = request.header("Authorization") else { throw .missingAuthentication }
        guard authorization.hasPrefix("AWS4-HMAC-SHA256 "), request.header("X-Amz-Date") != nil,
            let credential = authorization.firstMatch(of: /Credential=([^,\s]+)/)?.1,
            authorization.contains("SignedHeaders="), authorization.contains("Signature=")
        else {
            throw SESError(403, "IncompleteSignatureException", "Authorization header is not a complete signature.")
        }
        let scope = credential.split(separator: "/")
        guard scope.count == 5, scope[3] == "ses", scope[4] == "aws4_request" else {
            throw SESError(
                403, "SignatureDoesNotMatch", "Credential should be scoped to correct service: 'ses'.")
        }
    }

    private static func deliver(_ request: ServedRequest, to reception: MailReception?) async throws -> ServedResponse {
        guard let reception else { return .json(["message": "this service receives no mail"], status: 400) }
        let recipients = request.queryValues("to")
        guard !recipients.isEmpty else { return .json(["message": "the query has no `to`"], status: 400) }
        do {
            var verdicts = MailVerdicts()
            for assignment in request.queryValues("verdict") { try verdicts.apply(assignment) }
            let messageID = try await reception.deliver(request.body, to: recipients, verdicts: verdicts)
            return .json(["messageId": .string(messageID)])
        } catch let error as MailReceptionError {
            return .json(["message": .string("\(error)")], status: 400)
        } catch let error as InvalidVerdict {
            return .json(["message": .string("\(error)")], status: 400)
        }
    }
}
