import JSON
import SwiftGlibc

/// The custom runtime loop of a Lambda function: initialise, then fetch an event, run the handler, post its answer,
/// for ever.
package enum LambdaRuntime {
    package typealias Handler = @Sendable (JSON, LambdaContext) async throws -> JSON

    /// Runs until the Runtime API or the platform ends the process.
    ///
    /// - Parameter initialize: builds the handler and warms up what it needs. It runs before the first event is
    ///   asked for, while Lambda grants a full processor. When it throws, the error is reported as an init error and
    ///   the process exits with status 1.
    package static func run(_ initialize: @Sendable () async throws -> Handler) async -> Never {
        guard let authority = getenv("AWS_LAMBDA_RUNTIME_API").map({ String(cString: $0) }) else {
            LambdaLog.write(
                .error, "AWS_LAMBDA_RUNTIME_API is not set: this program runs inside AWS Lambda or `calinvite local`")
            exit(64)
        }
        let outcome = await RuntimeLoop(authority: authority).run(initialize)
        LambdaLog.write(.error, "the runtime stops", ["reason": .string(String(describing: outcome))])
        exit(1)
    }
}
