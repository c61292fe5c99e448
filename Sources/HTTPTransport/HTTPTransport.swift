import Synchronization

/// HTTP/1.1 over libcurl: one multi handle on one thread of its own behind an async function.
///
/// Connections are kept alive and pooled across requests. One transport serves a whole process; it is cheap to share
/// and holds its thread until it is released. Redirects are not followed and proxies are not used.
package final class HTTPTransport: Sendable {
    package struct Configuration: Sendable {
        /// Connections to one host at a time; further requests wait for one. At least 1.
        package var connectionsPerHost: Int
        /// Time for DNS, TCP and TLS together.
        package var connectTimeout: Duration
        /// Largest response body in bytes.
        package var maximumBodySize: Int

        package init(
            connectionsPerHost: Int = 64, connectTimeout: Duration = .seconds(3), maximumBodySize: Int = 64 << 20
        ) {
            self.connectionsPerHost = connectionsPerHost
            self.connectTimeout = connectTimeout
            self.maximumBodySize = maximumBodySize
        }
    }

    private let loop: TransferLoop

    package init(configuration: Configuration = Configuration()) {
        loop = TransferLoop(configuration: configuration)
        loop.start()
    }

    deinit { loop.stop() }

    /// Sends one request and returns its response, whatever its status.
    ///
    /// Cancelling the task aborts the transfer at once.
    package func send(_ request: HTTPRequest) async throws(HTTPTransportError) -> HTTPResponse {
        let ticket = loop.newTicket()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                loop.submit(Submission(ticket: ticket, request: request, continuation: continuation))
            }
        } onCancel: {
            loop.cancel(ticket)
        }
        return try result.get()
    }
}

/// A request on its way to the transfer thread.
struct Submission: Sendable {
    let ticket: UInt64
    let request: HTTPRequest
    let continuation: CheckedContinuation<Result<HTTPResponse, HTTPTransportError>, Never>
}
