import AWSClients
import LambdaRuntime
import Store

/// The process of one Lambda function.
package enum Function {
    /// Reads the environment, builds the handler and serves events for ever.
    ///
    /// AWS calls of an invocation end a little before the invocation does, so that its outcome can still be reported.
    package static func run(
        _ make: @escaping @Sendable (Environment) async throws -> LambdaRuntime.Handler
    ) async -> Never {
        await LambdaRuntime.run {
            let handler = try await make(try Environment())
            return { event, context in
                try await AWSDeadline.$current.withValue(context.deadline) {
                    try await handler(event, context)
                }
            }
        }
    }
}
