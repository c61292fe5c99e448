import HTTPTransport
import JSON
import SwiftGlibc

/// The loop without the process around it, so that a test can run it against a fake Runtime API.
package struct RuntimeLoop {
    /// Why the loop ended. Lambda starts a new process after any of them.
    package enum Stop: Error, Equatable {
        case initializationFailed
        case nextRefused(status: Int)
        case nextUnreachable
        /// The Runtime API answered 500: its contract says to exit promptly.
        case runtimeBroken
    }

    private let api: RuntimeAPI
    private let retryDelay: Duration

    /// - Parameters:
    ///   - authority: `AWS_LAMBDA_RUNTIME_API`, host and port.
    ///   - retryDelay: pause before `/next` is tried again after a broken connection; asking again gives the same event.
    package init(authority: String, retryDelay: Duration = .milliseconds(50)) {
        api = RuntimeAPI(
            authority: authority, transport: HTTPTransport(configuration: .init(connectionsPerHost: 1)))
        self.retryDelay = retryDelay
    }

    package func run(_ initialize: @Sendable () async throws -> LambdaRuntime.Handler) async -> Stop {
        let handler: LambdaRuntime.Handler
        do {
            handler = try await initialize()
        } catch {
            LambdaLog.write(.error, "initialisation failed", ["error": .string(String(describing: error))])
            _ = try? await api.failInitialization(with: FunctionError(error))
            return .initializationFailed
        }
        while true {
            do throws(Stop) {
                let (event, context) = try await next()
                try await serve(event, context, handler)
            } catch {
                return error
            }
        }
    }

    private func next() async throws(Stop) -> ([UInt8], LambdaContext) {
        for _ in 0..<5 {
            switch try? await api.next() {
            case .invocation(let event, let context): return (event, context)
            case .refused(let status): throw .nextRefused(status: status)
            case nil: try? await Task.sleep(for: retryDelay)
            }
        }
        throw .nextUnreachable
    }

    private func serve(
        _ event: [UInt8], _ context: LambdaContext, _ handler: LambdaRuntime.Handler
    ) async throws(Stop) {
        setTraceID(context.traceID)
        let status: Int?
        do {
            let answer = try await handler(try JSON(parsing: event), context).bytes
            status = try? await api.respond(to: context.requestID, with: answer)
        } catch {
            let failure = FunctionError(error)
            LambdaLog.write(
                .error, "the invocation failed",
                [
                    "requestId": .string(context.requestID), "errorType": .string(failure.type),
                    "error": .string(failure.message),
                ])
            status = try? await api.fail(context.requestID, with: failure)
        }
        try check(status, of: context)
    }

    /// After 413 the platform has already failed the invocation, after 403 and 410 it has moved on: posting an error
    /// as well would be refused, so the loop just goes on. So it does when the answer could not be posted (nil): the
    /// platform times the invocation out and retries it, and this process is still good for the next.
    private func check(_ status: Int?, of context: LambdaContext) throws(Stop) {
        if status == 500 { throw .runtimeBroken }
        guard status != 202 else { return }
        LambdaLog.write(
            .error, "the Runtime API did not take the answer",
            ["requestId": .string(context.requestID), "status": status.map { .int($0) } ?? .null])
    }

    private func setTraceID(_ traceID: String?) {
        if let traceID {
            setenv("_X_AMZN_TRACE_ID", traceID, 1)
        } else {
            unsetenv("_X_AMZN_TRACE_ID")
        }
    }
}
