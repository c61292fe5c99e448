import FlyingFox
import FlyingSocks
import Foundation

/// An HTTP/1.1 server on the loopback interface.
///
/// The only file that knows the server library: the services see `ServedRequest` and `ServedResponse`.
package final class HTTPListener: Sendable {
    package typealias Handler = @Sendable (ServedRequest) async -> ServedResponse

    /// The port it listens on, also when it was asked for any free one.
    package let port: Int
    private let server: HTTPServer
    private let running: Task<Void, any Error>

    package var url: String { "http://127.0.0.1:\(port)" }

    /// Starts listening; requests are answered from the moment this returns.
    ///
    /// - Parameters:
    ///   - port: 0 takes a free one.
    ///   - maximumBodySize: a longer body is answered with 413 without calling the handler. Bytes.
    /// - Throws: `HTTPListenerError` when the port cannot be had.
    package init(port: Int = 0, maximumBodySize: Int = 64 << 20, handler: @escaping Handler) async throws {
        guard let requested = UInt16(exactly: port) else { throw HTTPListenerError.portOutOfRange(port) }
        let configuration = HTTPServer.Configuration(
            address: try .inet(ip4: "127.0.0.1", port: requested), timeout: 300, sharedRequestBufferSize: 65_536,
            pool: PromptSockets(HTTPServer.defaultPool()), logger: .disabled)
        let server = HTTPServer(
            config: configuration,
            handler: ClosureHTTPHandler { request in
                try await HTTPListener.answer(request, maximumBodySize: maximumBodySize, handler: handler)
            })
        let running = Task { try await server.run() }
        do {
            try await server.waitUntilListening(timeout: 5)
        } catch {
            running.cancel()
            throw HTTPListenerError.cannotListen(port: port)
        }
        guard case .ip4(_, let actual)? = await server.listeningAddress else {
            running.cancel()
            throw HTTPListenerError.cannotListen(port: port)
        }
        self.server = server
        self.running = running
        self.port = Int(actual)
    }

    /// Stops listening and closes the connections.
    package func stop() async {
        await server.stop()
        running.cancel()
    }

    private static func answer(
        _ request: HTTPRequest, maximumBodySize: Int, handler: Handler
    ) async throws -> HTTPResponse {
        let length = request.bodySequence.count ?? 0
        guard length <= maximumBodySize else {
            // The body stays unread, so the connection cannot serve another request.
            return HTTPResponse(
                ServedResponse(status: 413, headers: [("connection", "close")], body: []), to: request.method)
        }
        let body = [UInt8](try await request.bodyData)
        guard body.count <= maximumBodySize else {
            return HTTPResponse(ServedResponse(status: 413), to: request.method)
        }
        let served = ServedRequest(
            method: request.method.rawValue, path: request.target.path(), query: request.target.query(),
            headers: request.headers.map { ($0.key.rawValue, $0.value) }, body: body,
            remoteAddress: request.remoteAddress.map(HTTPListener.text) ?? "127.0.0.1")
        return HTTPResponse(await handler(served), to: request.method)
    }

    private static func text(_ address: HTTPRequest.Address) -> String {
        switch address {
        case .ip4(let host, port: _), .ip6(let host, port: _): host
        case .unix: "127.0.0.1"
        }
    }
}

package enum HTTPListenerError: Error, CustomStringConvertible {
    case portOutOfRange(Int)
    case cannotListen(port: Int)

    package var description: String {
        switch self {
        case .portOutOfRange(let port): "\(port) is not a port number"
        case .cannotListen(let port): "cannot listen on 127.0.0.1:\(port): is something else using that port?"
        }
    }
}

extension HTTPResponse {
    fileprivate init(_ served: ServedResponse, to method: HTTPMethod) {
        guard !served.isAbandoned else {
            self.init(webSocket: HangUp())
            return
        }
        var headers = HTTPHeaders()
        for (name, value) in served.headers { headers.addValue(value, for: HTTPHeader(name)) }
        let status = HTTPStatusCode(served.status, phrase: HTTPStatusCode.phrase(of: served.status))
        let hasBody = method != .HEAD && served.status != 204 && served.status != 304
        self.init(statusCode: status, headers: headers, body: hasBody ? Data(served.body) : Data())
    }
}

extension HTTPStatusCode {
    /// The phrases of the statuses the services answer with (RFC 9110 section 15); a client does not read them.
    fileprivate static func phrase(of status: Int) -> String {
        switch status {
        case 200: "OK"
        case 202: "Accepted"
        case 204: "No Content"
        case 302: "Found"
        case 303: "See Other"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 409: "Conflict"
        case 413: "Content Too Large"
        case 429: "Too Many Requests"
        case 500: "Internal Server Error"
        case 503: "Service Unavailable"
        default: status < 400 ? "OK" : "Error"
        }
    }
}

/// The library has no way to close a connection without an answer, except that an upgrade to WebSocket which fails is
/// not answered: nothing has been written when `makeFrames` throws.
private struct HangUp: WSHandler {
    func makeFrames(for client: AsyncThrowingStream<WSFrame, any Error>) async throws -> AsyncStream<WSFrame> {
        throw CancellationError()
    }
}
