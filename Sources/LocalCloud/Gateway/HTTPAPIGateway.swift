import Foundation
import JSON

/// An HTTP API in front of functions: routes, throttles and CORS as configured, payload format 2.0.
package final class HTTPAPIGateway: Sendable {
    /// Invokes a function, by its logical id, and waits for its answer.
    package typealias Invoke = @Sendable (_ function: String, _ payload: [UInt8]) async throws -> InvocationAnswer

    private let listener: HTTPListener

    package var url: String { listener.url }

    /// Bytes of a request's body.
    private static let maximumBodySize = 10 << 20

    /// - Parameter port: 0 takes a free one.
    package init(api: HTTPAPI, port: Int = 0, invoke: @escaping Invoke) async throws {
        let throttles = GatewayThrottles(api)
        listener = try await HTTPListener(port: port) { request in
            let requestID = Identifiers.gatewayRequest()
            var response = await HTTPAPIGateway.answer(
                request, api: api, throttles: throttles, requestID: requestID, invoke: invoke)
            response.headers.append(("apigw-requestid", requestID))
            return response
        }
    }

    package func stop() async { await listener.stop() }

    private static func answer(
        _ request: ServedRequest, api: HTTPAPI, throttles: GatewayThrottles, requestID: String, invoke: Invoke
    ) async -> ServedResponse {
        let origin = request.header("origin")
        if let cors = api.cors, request.method == "OPTIONS" {
            return ServedResponse(status: 204, headers: cors.preflightHeaders(origin: origin))
        }
        var response = await routed(request, api: api, throttles: throttles, requestID: requestID, invoke: invoke)
        if let cors = api.cors {
            response.headers.removeAll { CORSRules.isCORSHeader($0.name) }
            response.headers += cors.responseHeaders(origin: origin)
        }
        return response
    }

    private static func routed(
        _ request: ServedRequest, api: HTTPAPI, throttles: GatewayThrottles, requestID: String, invoke: Invoke
    ) async -> ServedResponse {
        guard request.body.count <= maximumBodySize else { return .message("Request Entity Too Large", 413) }
        let path = decodedPath(request.path)
        guard let (route, parameters) = api.route(method: request.method, path: path) else {
            return .message("Not Found", 404)
        }
        guard throttles.admit(route.key) else { return .message("Too Many Requests", 429) }
        let event = ProxyEvent(accountID: api.accountID, apiID: api.id).json(
            for: request, path: path, route: route, parameters: parameters, requestID: requestID,
            milliseconds: Timestamp.milliseconds())
        do {
            switch try await invoke(route.function, event.bytes) {
            case .answered(let payload):
                return ProxyResponse.response(from: payload) ?? .message("Internal Server Error", 500)
            case .failed: return .message("Internal Server Error", 500)
            case .throttled, .timedOut: return .message("Service Unavailable", 503)
            }
        } catch {
            return .message("Internal Server Error", 500)
        }
    }

    /// The path as functions see it. API Gateway decodes it before it looks for a route, so that an encoded slash
    /// splits a segment and an encoded question mark ends the path.
    private static func decodedPath(_ path: String) -> String {
        let decoded = path.removingPercentEncoding ?? path
        return String(decoded.prefix { $0 != "?" })
    }
}

/// What came of an invocation.
package enum InvocationAnswer: Sendable, Equatable {
    case answered([UInt8])
    /// The function reported an error, crashed or ran out of its own time: `X-Amz-Function-Error`. With its payload.
    case failed([UInt8])
    case throttled
    /// No answer within the gateway's 30 seconds.
    case timedOut
}

extension ServedResponse {
    fileprivate static func message(_ text: String, _ status: Int) -> ServedResponse {
        .json(["message": .string(text)], status: status)
    }
}
